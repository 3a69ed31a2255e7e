import { mediasaurError } from "../../client";
import type { Effect } from "../../model/effects";
import {
  caseProblems,
  folderOf,
  governs,
  isTemporary,
  propertyOf,
  stateKeys,
  type FileLayoutInputs,
  type FileLayoutState,
  type KnownLayout,
} from "../../model/file-layout";
import type { Problem } from "../../model/managed-file";
import { splitPath } from "../../model/paths";
import { adoptedFrom } from "../../reconcile/find-adopted";
import { declarationOfKey, declaredTwice, displayName } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { effectsOf } from "./effects";
import { foresee, tell, type Foresight } from "./foresight";
import { forbidden, intend, type Intent } from "./intent";
import { callRoll, type Roster } from "./roster";
import { ListedView } from "../../reconcile/listed-view";

/** What a layout comes to, as far as it can be said before it is brought about. */
export interface Prospect {
  readonly view: ListedView;
  readonly roster: Roster;
  readonly intent: Intent;
  readonly foresight: Foresight;
  readonly effects: readonly Effect[];
}

/** The directories that a layout has to know: where its files are, are to be, and come from, and what it governs. */
export function directoriesOf(inputs: FileLayoutInputs, state: FileLayoutState | undefined): string[] {
  const keys = stateKeys(state, inputs);
  const paths = [...Object.values(state?.files ?? {})].map(({ path }) => path).filter((path) => !isTemporary(path));
  for (const [key, { path, source }] of Object.entries(inputs.declared)) {
    paths.push(path);
    if (keys.has(key) || source === undefined || !("adopt" in source) || !("path" in source.adopt)) continue;
    paths.push(source.adopt.path);
  }
  const directories = paths.map((path) => splitPath(path).directory);
  return governs(inputs) ? [...directories, folderOf(inputs.prefix).replace(/\/$/, "")] : directories;
}

/** Takes what is there, and says what the layout would do with it. Reads only. */
export async function look(
  session: Session,
  { inputs, complete, keys }: KnownLayout,
  state: FileLayoutState | undefined,
): Promise<Prospect | { readonly problems: readonly Problem[] }> {
  const view = await ListedView.take(session, inputs.bucket, directoriesOf(inputs, state));
  const roster = await callRoll(session, view, inputs, state, keys);
  const problems = [...roster.problems, ...caseProblems(inputs.declared, (path) => view.holds(path))];
  if (problems.length > 0) return { problems };
  const twice = claimFiles(session, inputs, roster);
  if (twice !== undefined) return { problems: [twice] };
  // What is not known yet may be one of the files that seem to be nobody's.
  const settled = complete ? inputs : { ...inputs, unmanaged: "IGNORE" as const };
  const intent = await intend(session, view, settled, state, roster);
  const { __declaration = "" } = inputs;
  const refused = forbidden(displayName(__declaration), settled, intent);
  if (refused !== undefined) return { problems: [{ property: refused.property, reason: refused.error.detail }] };
  const effects = await effectsOf(session, inputs, roster, intent, state);
  return { view, roster, intent, foresight: foresee(view, inputs, roster, intent), effects };
}

/** Claims the files of a layout, and says which of them it moves away. */
export function claimFiles(session: Session, inputs: FileLayoutInputs, { entries }: Roster): Problem | undefined {
  const { __declaration = "" } = inputs;
  for (const { key, declaration, file, goal } of entries) {
    if (file === undefined) continue;
    const owner = session.claims.claimFile(file.id, declarationOfKey(__declaration, key));
    if (owner !== undefined) {
      const reason = declaredTwice(`file ${file.id} ("${file.path}")`, owner);
      return { property: propertyOf(key), reason, code: "declared_twice" };
    }
    if (file.path !== goal.path) session.claims.leaves(file.id);
    const from = adoptedFrom(declaration);
    if (from !== undefined) session.claims.isAdoptedFrom(file.id, from);
  }
  return undefined;
}

/** The key of the warning about a place that another file holds. */
export function heldWarning({ bucket, __declaration = "" }: FileLayoutInputs, path: string): string {
  return `${__declaration}\0held\0${bucket}\0${path}`;
}

/** Tells the user what is to be expected. */
export async function announce(session: Session, inputs: FileLayoutInputs, prospect: Prospect): Promise<void> {
  const { view, roster, intent, foresight, effects } = prospect;
  const { __declaration: declaration = "" } = inputs;
  for (const { file } of intent.task.doomed) session.claims.leaves(file.id);
  for (const { kind, path = "", reason } of foresight.faults) {
    const holder = kind === "path-held" ? await view.at(path) : undefined;
    session.warnings.later(
      heldWarning(inputs, path),
      () => {
        if (holder !== undefined && session.claims.isLeaving(holder.id)) return undefined;
        const by =
          holder === undefined ? reason : `"${path}" is held by file ${holder.id}, which no declaration moves away`;
        return `in bucket "${inputs.bucket}" ${by}: the update will be refused.`;
      },
      { resource: "FileLayout", declaration },
    );
  }
  await tell(session, inputs, roster, intent, foresight, effects);
}

/** The problems of a layout as one error. */
export function problemError(problems: readonly Problem[]): Error {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${String(problems.length - 1)} more)` : "";
  const {
    property,
    reason,
    code: said = "not_found",
  } = first ?? { property: "files", reason: "can't be brought about" };
  const isPlain = property === "unmanaged" || property === "maxDeletes";
  const code = property === "unmanaged" ? "unmanaged_files" : property === "maxDeletes" ? "too_many_deletes" : said;
  return mediasaurError({ code, message: isPlain ? reason : `${property}: ${reason}${more}.` });
}
