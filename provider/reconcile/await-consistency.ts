import { mediasaurError, type FileInfo } from "../client";
import type { Visibility } from "../model/managed-file";
import { splitPath } from "../model/paths";
import { isAs, type FileView } from "./file-view";
import { OnDemandView } from "./on-demand-view";
import { PAUSES } from "./run/patience";
import type { Session } from "./run/session";
import { mendName, type ExpectedPlace } from "./writes/naming";
import { readAgain } from "./writes/read-again";

/** A first plan is waited for as long as most stores take to show what they did; one made anew as long as any does. */
const FIRST_PAUSES = PAUSES.slice(0, 5);

/** Whoever has a file, as it was last seen, also where the service gives it another id. */
export interface Holder {
  file: FileInfo;
}

/** A file that is not as a request was to leave it. */
export interface Astray {
  readonly wanted: FileInfo;
  readonly seen: FileInfo;
}

/** What is known of the files that are looked at. */
export interface Watching {
  readonly session: Session;
  readonly view: FileView;
  /** The ids of the files that were seen before the requests were sent: none of these is another's under a new id. */
  readonly seenBefore: ReadonlySet<string>;
  /** Whether one of the requests has failed: then there is nothing to wait for. */
  readonly failed: boolean;
  /** Whether to wait as long as any store takes. */
  readonly patient: boolean;
  /** Whether a file is as it has to be. */
  readonly isReached?: (file: FileInfo, wanted: FileInfo) => boolean;
  /** What is known of the place that a file has to come to, where what the store makes of names is to be found out. */
  readonly expectedPlace: (holder: Holder, wanted: FileInfo) => ExpectedPlace | undefined;
}

/**
 * Reads files again until each is as a request of ours was to leave it. What the request's own answer said is no proof.
 *
 * Where an id is gone, the file may have been given another one by the move: then it is the file that now holds the place, as that
 * place was free before. Where the store made another name of the one that it was given, there is nothing to wait for: that is put
 * right if it can be, and told.
 *
 * @returns the first that is not as it has to be, after a while or after a failed request; and whether all were so at once
 * @throws where a file is nowhere
 */
export async function awaitFiles(
  watching: Watching,
  expected: ReadonlyMap<Holder, FileInfo>,
): Promise<{ astray: Astray | undefined; atOnce: boolean }> {
  const { session, view, seenBefore, failed, patient, isReached = isAs } = watching;
  const mended = new Set<Holder>();
  let open = [...expected];
  let missing: readonly FileInfo[] = [];
  let turn = 0;
  for (; open.length > 0; turn += 1) {
    const seen = await Promise.all(
      open.map(([holder, wanted]) => find(session, view, holder.file, wanted, seenBefore)),
    );
    missing = open.flatMap(([, wanted], index) => (seen[index] === undefined ? [wanted] : []));
    open = open.filter(([holder, wanted], index) => {
      const file = seen[index];
      if (file === undefined) return true;
      holder.file = file;
      return !isReached(file, wanted);
    });
    // One that is nowhere can't be planned for anew.
    const pause = (missing.length > 0 || patient ? PAUSES : FIRST_PAUSES)[turn];
    if (!failed && missing.length === 0) {
      const last = pause === undefined && patient;
      const mend = async ([holder, wanted]: [Holder, FileInfo]): Promise<void> => {
        const place = watching.expectedPlace(holder, wanted);
        if (place === undefined) return;
        if (await mendName(session, holder.file, place, { last, mended: mended.has(holder) })) mended.add(holder);
      };
      await Promise.all(open.map(mend));
    }
    if (open.length === 0 || pause === undefined || (failed && missing.length === 0)) break;
    await session.sleep(pause);
  }
  const [lost] = missing;
  if (lost !== undefined) throw gone(view.bucket, lost);
  const [first] = open;
  const astray = first === undefined ? undefined : { wanted: first[1], seen: first[0].file };
  return { astray, atOnce: astray === undefined && turn === 0 };
}

/**
 * A file by its own word; or the one at the place where it has to be, where the service has given it another id. `undefined`
 * where neither is to be seen (yet).
 */
async function find(
  session: Session,
  view: FileView,
  file: FileInfo,
  wanted: FileInfo,
  before: ReadonlySet<string>,
): Promise<FileInfo | undefined> {
  const own = await view.afterWrite(file.id, wanted);
  if (own !== undefined) return own;
  const { bucket } = view;
  const there =
    (await session.client.findFile({ bucket, path: wanted.path })) ??
    (file.path === wanted.path ? undefined : await session.client.findFile({ bucket, path: file.path }));
  // The place was free before: what is there now, and was nowhere, is the file.
  if (there === undefined || there.id === file.id || before.has(there.id)) return undefined;
  const now = await view.afterWrite(there.id, { ...wanted, id: there.id });
  if (now !== undefined) session.renamed(file.id, now.id);
  return now;
}

/** What one file has to be read back as. */
export interface Expected extends ExpectedPlace {
  /** That it is enough if the file is not where it was `before`: another update of the run may have taken it on already. */
  readonly orElsewhere?: boolean;
  readonly visibility?: Visibility | undefined;
}

/**
 * Reads one file again until it is as it has to be after a write of ours; gives it as it is.
 *
 * @throws where it does not come to be so
 */
export async function awaitFile(session: Session, file: FileInfo, expected: Expected): Promise<FileInfo> {
  const { bucket, path, visibility, before, orElsewhere } = expected;
  const view = new OnDemandView(session, bucket);
  view.put(file);
  const holder = { file };
  const { visibility: _visibility, ...rest } = file;
  const wanted = { ...rest, ...splitPath(path), path, ...(visibility === undefined ? {} : { visibility }) };
  const isAway = (seen: FileInfo): boolean => orElsewhere === true && seen.path !== before && !seen.busy;
  const { astray } = await awaitFiles(
    {
      session,
      view,
      seenBefore: new Set([file.id]),
      failed: false,
      patient: true,
      isReached: (seen) => isAs(seen, wanted) || isAway(seen),
      expectedPlace: () => expected,
    },
    new Map([[holder, wanted]]),
  );
  if (astray !== undefined) throw notVerified(bucket, astray);
  return holder.file;
}

/** The error for a request that was accepted and not carried out. */
export function notVerified(bucket: string, { wanted, seen }: Astray): Error {
  const differences = [
    ...(seen.path === wanted.path ? [] : [`its path is "${seen.path}" and not "${wanted.path}"`]),
    ...(wanted.visibility === undefined || seen.visibility === wanted.visibility
      ? []
      : [`its visibility is ${seen.visibility ?? "not told"} and not ${wanted.visibility}`]),
  ];
  const found = differences.length === 0 ? "the service is still processing it" : differences.join(", and ");
  const message =
    `the service accepted the change of file ${seen.id} ("${wanted.path}" in bucket "${bucket}"), but read again ${found}. ` +
    `Run "pulumi refresh" to record what is there, and "pulumi up" to try again.`;
  return mediasaurError({ code: "not_verified", message, outcome: "unknown" });
}

function gone(bucket: string, { id, path }: FileInfo): Error {
  const message =
    `file ${id} is not to be found any more, though it was to come to "${path}" in bucket "${bucket}": something else moved or ` +
    `deleted it, or the service has yet to show it. Run "pulumi up" again.`;
  return mediasaurError({ code: "not_found", message, outcome: "unknown" });
}

/** Reads a file again until it is gone. */
export async function awaitGone(session: Session, fileId: string, described: string): Promise<void> {
  for (let look = 0; ; look += 1) {
    if ((await readAgain(session, fileId)) === undefined) return;
    const pause = PAUSES[look];
    if (pause === undefined) {
      const message = `the service accepted the deletion of ${described}, but the file is still there. Run the same command again.`;
      throw mediasaurError({ code: "not_verified", message, outcome: "unknown" });
    }
    await session.sleep(pause);
  }
}
