import { mediasaurError } from "../../client";
import { diffManagedFile, sameSource, type Difference } from "../../model/diff";
import { knownInputs, type ManagedFileState } from "../../model/managed-file";
import { identityOf } from "../../reconcile/life";
import { declaredTwice } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { warnIfHeld } from "./check";
import { resolve } from "../../reconcile/references";
import { tellUpdate } from "./effects";

type Raw = Record<string, unknown>;

/** Compares the program with state: nothing to do, an update in place, or a replacement. Reads at most one file. */
export async function diffManagedFileLive(
  session: Session,
  id: string,
  state: ManagedFileState,
  news: Raw,
): Promise<Difference> {
  const { __declaration: declaration } = news;
  if (typeof declaration === "string")
    session.claims.goesOn(identityOf(state, state.fileId), declaration, [state.fileId]);
  const another = await adoptsAnother(session, id, state, news);
  const difference = diffManagedFile(state, news, another);
  if (difference.replaces.length > 0) session.claims.isReplaced(String(declaration));
  // What a replacement lets go of is free for others: which file it takes over instead was claimed by the check.
  if (!another) claim(session, state, news);
  const inputs = knownInputs(news);
  const moves = inputs !== undefined && inputs.bucket === state.bucket && inputs.path !== state.path && !another;
  // Said together with the claim: whoever waits for the place takes an owner that does not leave for one that stays.
  if (moves) session.claims.leaves(state.fileId);
  await tellUpdate(session, state, news, difference);
  if (moves) await warnIfHeld(session, inputs, state.fileId);
  return difference;
}

function claim(session: Session, state: ManagedFileState, news: Raw): void {
  const declaration = news.__declaration;
  if (typeof declaration !== "string") return;
  const owner = session.claims.claimFile(state.fileId, declaration, state.__life);
  if (owner === undefined) return;
  const file = `file ${state.fileId} ("${state.path}" in bucket "${state.bucket}")`;
  const message = `${declaredTwice(file, owner, declaration)}. Keep one of them.`;
  throw mediasaurError({ code: "declared_twice", message });
}

async function adoptsAnother(session: Session, id: string, state: ManagedFileState, news: Raw): Promise<boolean> {
  const source = knownInputs(news)?.source;
  if (source === undefined || !("adopt" in source) || sameSource(source, state.source, state.bucket)) return false;
  if ("id" in source.adopt) return source.adopt.id !== state.fileId && source.adopt.id !== id;
  if (source.adopt.path === state.path) return false;
  return (await resolve(session, state.bucket, source.adopt))?.id !== state.fileId;
}
