import { isDeepStrictEqual } from "node:util";
import { mediasaurError } from "../../client";
import { sameSource, type Difference } from "../../model/diff";
import { changesService } from "../../model/effects";
import {
  changesState,
  governs,
  knownLayout,
  readRecord,
  stateKeys,
  type FileLayoutInputs,
  type FileLayoutState,
} from "../../model/file-layout";
import { UNKNOWN } from "../../model/unknown";
import { declarationOfKey, declaredTwice } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { tellEnd } from "./effects";
import { announce, look, problemError, type Prospect } from "./prospect";
import { layoutIdentity } from "./lifecycle";
import { filesOf, fullReport } from "./state";
import { ownEntry } from "../../model/own-entry";

type Raw = Record<string, unknown>;

/**
 * Compares the program with state, and, where the layout governs more than it declares, with what is there. Where there is
 * something to do it tells the plan. A layout that governs nothing makes no request here as long as nothing changed.
 */
export async function diffFileLayout(session: Session, state: FileLayoutState, news: Raw): Promise<Difference> {
  const ids = Object.values(state.files).map(({ id }) => id);
  const declaration = typeof news.__declaration === "string" ? news.__declaration : "";
  session.claims.goesOn(layoutIdentity(state), declaration, ids);
  if (news.bucket !== UNKNOWN && news.bucket !== state.bucket) {
    session.claims.isReplaced(declaration);
    await tellEnd(session.effects, state, () => true);
    return { changes: true, replaces: ["bucket"] };
  }
  const known = knownLayout(news);
  if (known === undefined) return { changes: true, replaces: [] };
  const { inputs, complete } = known;
  const unsure = keysThatMayAdopt(inputs, state);
  claimHeld(session, inputs, state, unsure);
  const changed = !complete || changesState(state, inputs);
  if (!changed && unsure.length === 0 && !governs(inputs)) return { changes: false, replaces: [] };
  const prospect = await look(session, known, state);
  if ("problems" in prospect) throw problemError(prospect.problems);
  const changes =
    changed ||
    unsure.some((key) => idOf(prospect, key) !== ownEntry(state.files, key)?.id) ||
    (governs(inputs) && (await isOff(prospect, inputs, state)));
  if (changes) await announce(session, inputs, prospect);
  return { changes, replaces: [] };
}

/**
 * Claims the files that state has, so that whoever else declares one of them is refused, and says which of them leave their places. A
 * key that may go on with another file claims neither before that is known.
 */
function claimHeld(
  session: Session,
  inputs: FileLayoutInputs,
  state: FileLayoutState,
  unsure: readonly string[],
): void {
  const { __declaration = "" } = inputs;
  for (const [key, before] of stateKeys(state, inputs)) {
    const held = ownEntry(state.files, before);
    if (held === undefined || unsure.includes(key)) continue;
    const owner = session.claims.claimFile(held.id, declarationOfKey(__declaration, key), state.__life);
    // Said together with the claim: whoever waits for the place takes an owner that does not leave for one that stays.
    if (ownEntry(inputs.declared, key)?.path !== held.path) session.claims.leaves(held.id);
    if (owner === undefined) continue;
    const what = `file ${held.id} ("${held.path}" in bucket "${state.bucket}")`;
    const message = `${declaredTwice(what, owner, declarationOfKey(__declaration, key))}. Keep one of them.`;
    throw mediasaurError({ code: "declared_twice", message });
  }
}

/** The keys whose source names a file to adopt in other words than state has: it may be another file, or the same. */
function keysThatMayAdopt(inputs: FileLayoutInputs, state: FileLayoutState): string[] {
  return Object.entries(inputs.declared).flatMap(([key, { source }]) => {
    const held = ownEntry(state.files, key);
    if (held === undefined || source === undefined || !("adopt" in source)) return [];
    if (sameSource(source, readRecord(ownEntry(state.__declared, key)).source, state.bucket)) return [];
    const same = "id" in source.adopt ? source.adopt.id === held.id : source.adopt.path === held.path;
    return same ? [] : [key];
  });
}

function idOf({ roster }: Prospect, key: string): string | undefined {
  return roster.entries.find((entry) => entry.key === key)?.file?.id;
}

/** Whether what is there is not as the layout wants it, or not as it reported it. */
async function isOff(
  { view, roster, intent, foresight, effects }: Prospect,
  inputs: FileLayoutInputs,
  state: FileLayoutState,
): Promise<boolean> {
  if (effects.some(changesService) || foresight.faults.length > 0) return true;
  if (roster.entries.some(({ key, file }) => file?.id !== ownEntry(state.files, key)?.id)) return true;
  const { report, summary } = await fullReport(view, inputs, filesOf(roster), intent.undeclared);
  return !isDeepStrictEqual(report, state.unmanagedFiles) || summary !== state.summary;
}
