import { mediasaurError, type FileInfo } from "../../client";
import { mendName } from "../../reconcile/writes/naming";
import { PAUSES } from "../../reconcile/run/patience";
import type { Session } from "../../reconcile/run/session";
import type { Task } from "./stages";
import type { Survey } from "./survey";
import type { Tally } from "./tally";

/** A first plan is waited for as long as most stores take to show what they did; one made anew as long as any does. */
const FIRST_PAUSES = PAUSES.slice(0, 5);

/** What one run of a plan works with. */
export interface Run {
  readonly session: Session;
  readonly survey: Survey;
  readonly tally: Tally;
}

/** A file that is not as a request was to leave it. */
export interface Astray {
  readonly wanted: FileInfo;
  readonly seen: FileInfo;
}

/**
 * Sees where the files are after a level: in one listing, or one by one where they are few. A file that seems not to be as
 * planned is asked itself, as a listing may be behind; and again for a while, unless a request has failed.
 */
export async function verify(
  run: Run,
  task: Task,
  expected: ReadonlyMap<{ file: FileInfo }, FileInfo>,
  failed: boolean,
  round: number,
): Promise<Astray | undefined> {
  const { session, survey } = run;
  const listedBefore = new Set([...survey.files].map(({ id }) => id));
  const pathsBefore = new Map([...expected.keys()].map((holder) => [holder, holder.file.path]));
  const goals = new Map(task.movers.map(({ holder, goal }) => [holder, goal.path]));
  const mended = new Set<{ file: FileInfo }>();
  const mend = async (holder: { file: FileInfo }, { path }: FileInfo, last: boolean): Promise<void> => {
    const place = { bucket: survey.bucket, path, before: pathsBefore.get(holder), declared: goals.get(holder) };
    if (await mendName(session, holder.file, place, { last, mended: mended.has(holder) })) mended.add(holder);
  };
  const listed = failed || expected.size > survey.pages;
  if (listed) await lookAtAll(run, task, expected, failed);
  let open = [...expected];
  if (listed) {
    open = open.filter(([holder, wanted]) => {
      const row = survey.known(wanted.id);
      if (row === undefined || !isAs(row, wanted)) return true;
      holder.file = row;
      return false;
    });
  }
  let missing: readonly FileInfo[] = [];
  for (let turn = 0; open.length > 0; turn += 1) {
    const seen = await Promise.all(open.map(async ([holder, wanted]) => find(run, holder.file, wanted, listedBefore)));
    missing = open.flatMap(([, wanted], index) => (seen[index] === undefined ? [wanted] : []));
    open = open.filter(([holder, wanted], index) => {
      const file = seen[index];
      if (file === undefined) return true;
      holder.file = file;
      return !isAs(file, wanted);
    });
    // One that is nowhere can't be planned for anew.
    const pause = (missing.length > 0 || round > 0 ? PAUSES : FIRST_PAUSES)[turn];
    if (!failed && missing.length === 0) {
      const last = pause === undefined && round > 0;
      await Promise.all(open.map(([holder, wanted]) => mend(holder, wanted, last)));
    }
    if (open.length === 0 || pause === undefined || (failed && missing.length === 0)) break;
    await session.sleep(pause);
  }
  const [lost] = missing;
  if (lost !== undefined) throw gone(survey.bucket, lost);
  const [first] = open;
  return first === undefined ? undefined : { wanted: first[1], seen: first[0].file };
}

/**
 * Lists everything again. Where the listing tells otherwise of a file that no request of the level touched, what is known of
 * it holds, as the listing may be behind; after a failure, the file itself is asked.
 */
async function lookAtAll(
  { survey }: Run,
  { movers, doomed }: Task,
  expected: ReadonlyMap<{ file: FileInfo }, FileInfo>,
  failed: boolean,
): Promise<void> {
  await survey.repeat();
  const others = [...movers.map(({ holder }) => holder), ...doomed].filter((holder) => !expected.has(holder));
  await Promise.all(
    others.map(async (holder) => {
      const row = survey.known(holder.file.id);
      if (row !== undefined && isAs(row, holder.file)) holder.file = row;
      else if (failed) holder.file = (await survey.afterWrite(holder.file.id)) ?? holder.file;
      else survey.put(holder.file);
    }),
  );
}

/**
 * A file by its own word; or the one at the place where it has to be, where the service has given it another id. `undefined`
 * where neither is to be seen (yet).
 */
async function find(
  { session, survey }: Run,
  file: FileInfo,
  wanted: FileInfo,
  before: ReadonlySet<string>,
): Promise<FileInfo | undefined> {
  const own = await survey.afterWrite(file.id);
  if (own !== undefined) return own;
  const { bucket } = survey;
  const there =
    (await session.client.findFile({ bucket, path: wanted.path })) ??
    (await session.client.findFile({ bucket, path: file.path }));
  // The place was free before: what is there now, and was nowhere, is the file.
  const now = there === undefined || before.has(there.id) ? undefined : await survey.afterWrite(there.id);
  if (now !== undefined) session.renamed(file.id, now.id);
  return now;
}

function isAs(file: FileInfo, wanted: FileInfo): boolean {
  const isSeen = wanted.visibility === undefined || file.visibility === wanted.visibility;
  return file.path === wanted.path && isSeen && !file.busy;
}

/** The error for a request that was accepted and not carried out. */
export function notVerified(bucket: string, { wanted, seen }: Astray): Error {
  const found =
    seen.path === wanted.path
      ? `its visibility is ${seen.visibility ?? "not told"} and not ${wanted.visibility ?? ""}`
      : `it is at "${seen.path}" and not at "${wanted.path}"`;
  const message =
    `the service accepted the change of file ${seen.id} in bucket "${bucket}", but read again ${found}. ` +
    `Run "pulumi refresh" to record what is there, and "pulumi up" to try again.`;
  return mediasaurError({ code: "not_verified", message, outcome: "unknown" });
}

function gone(bucket: string, { id, path }: FileInfo): Error {
  const message =
    `file ${id} is not to be found any more, though it was to come to "${path}" in bucket "${bucket}": something else moved or ` +
    `deleted it, or the service has yet to show it. Run "pulumi up" again.`;
  return mediasaurError({ code: "not_found", message, outcome: "unknown" });
}
