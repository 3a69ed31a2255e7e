import type { FileInfo } from "../../client";
import { changesService, type Effect, type Plan } from "../../model/effects";
import { makesAnother, type Difference } from "../../model/diff";
import { knownInputs, type ManagedFileInputs, type ManagedFileState } from "../../model/managed-file";
import { splitPath } from "../../model/paths";
import { hasUnknown } from "../../model/unknown";
import type { Effects } from "../../reconcile/run/effects";
import type { Session } from "../../reconcile/run/session";
import { adoptedFile } from "../../reconcile/references";
import { makingSource, type MakingSource } from "./make";
import { deletesFile } from "./state";

type Raw = Record<string, unknown>;

/**
 * Tells what the creation of a declared file would do.
 *
 * @param news - as the program has them, unknown values among them
 * @param file - the file that is taken over, where it is there already
 */
export async function tellCreation(session: Session, news: Raw, file: FileInfo | undefined): Promise<void> {
  const inputs = knownInputs(news);
  if (inputs === undefined) return tell(session, news, [], notKnown(news));
  const source = makingSource(inputs);
  if (source !== undefined) return tell(session, news, [await made(session, inputs, source)]);
  const reference = adoptedFile(inputs);
  const from = file?.path ?? ("path" in reference ? reference.path : undefined);
  if (from === undefined) return tell(session, news, [], "the file that it takes over is not there yet");
  const { path: to, visibility: after } = inputs;
  await tell(session, news, [defined({ way: "kept", from, to, before: file?.visibility, after, taken: true })]);
}

/** Tells what an update, or the replacement of a resource, would do to the file that state has. */
export async function tellUpdate(
  session: Session,
  state: ManagedFileState,
  news: Raw,
  { changes, replaces }: Difference,
): Promise<void> {
  if (!changes) return;
  if (replaces.length > 0) return tellDeletion(session.effects, state, deletesFile(state), news.__secret === true);
  const inputs = knownInputs(news);
  if (inputs === undefined) return tell(session, news, [], notKnown(news));
  const { path: to, visibility: after } = inputs;
  const source = makingSource(inputs);
  const effects: Effect[] =
    source !== undefined && makesAnother(state, source)
      ? [{ ...(await made(session, inputs, source)), ...defined({ before: state.visibility }), replaces: true }]
      : [defined({ way: "kept", from: state.path, to, before: state.visibility, after })];
  if (state.__replaced !== undefined) effects.push({ way: "deleted", from: `file ${state.__replaced}` });
  const told = effects.filter(changesService);
  await tell(session, news, told, told.length === 0 ? "nothing changes in the bucket" : undefined);
}

/** Tells what becomes of the file when its declaration goes. */
export async function tellDeletion(
  effects: Effects,
  state: ManagedFileState,
  isDeleted: boolean,
  isSecret = state.__secret === true,
): Promise<void> {
  const { bucket, path, visibility, __declaration = path } = state;
  const effect: Effect = defined({ way: isDeleted ? "deleted" : "released", from: path, before: visibility });
  const requests = { count: isDeleted ? 1 : 0, exact: true };
  await effects.tell(__declaration, { resource: "ManagedFile", bucket, effects: [effect], requests }, isSecret);
}

async function made(session: Session, inputs: ManagedFileInputs, source: MakingSource): Promise<Effect> {
  const { path: to, visibility: after, bucket } = inputs;
  if ("upload" in source) {
    return defined({ way: "uploaded", to, after, bytes: await session.sizes.of(source.upload) });
  }
  const { copy } = source;
  const fromBucket = copy.bucket === bucket ? undefined : copy.bucket;
  return defined({ way: "copied", from: "path" in copy ? copy.path : `file ${copy.id}`, fromBucket, to, after });
}

async function tell(session: Session, news: Raw, effects: readonly Effect[], note?: string): Promise<void> {
  const { __declaration: declaration, bucket, __secret } = news;
  if (typeof declaration !== "string") return;
  const plan: Omit<Plan, "name"> = {
    resource: "ManagedFile",
    bucket: hasUnknown(bucket) ? "" : String(bucket),
    effects,
    requests: requestsOf(effects),
    ...(note === undefined ? {} : { note }),
  };
  await session.effects.tell(declaration, plan, __secret === true);
}

function notKnown(news: Raw): string {
  const unknown = ["bucket", "path", "visibility", "source", "deletionPolicy"].filter((name) => hasUnknown(news[name]));
  const are = unknown.length === 1 ? "is" : "are";
  return `what happens shows in the update, as ${unknown.join(" and ")} ${are} not known yet`;
}

/** How many requests that write the effects take: what a move shares with others is counted for each. */
function requestsOf(effects: readonly Effect[]): Plan["requests"] {
  let count = 0;
  let exact = true;
  for (const { way, from = "", to = "", before, after } of effects) {
    if (way === "released") continue;
    count += 1;
    if (way === "deleted") continue;
    exact = exact && way === "kept";
    if (way !== "kept") continue;
    const [old, goal] = [splitPath(from), splitPath(to)];
    const patched = old.name !== goal.name || (after !== undefined && after !== before);
    count += (old.directory === goal.directory ? 0 : 1) + (patched ? 1 : 0) - 1;
  }
  return { count, exact };
}

function defined(effect: { [Name in keyof Effect]?: Effect[Name] | undefined }): Effect {
  return Object.fromEntries(Object.entries(effect).filter(([, value]) => value !== undefined)) as unknown as Effect;
}
