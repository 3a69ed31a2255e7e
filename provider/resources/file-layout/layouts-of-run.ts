import type { KnownLayout } from "../../model/file-layout";
import type { Session } from "../../reconcile/run/session";
import type { RunNotes } from "../undeclared-files/notes";
import type { ListedView } from "../../reconcile/listed-view";

/** What a run knows of one of its layouts, for those who look after the undeclared files under its prefix. */
export interface LayoutOfRun {
  /** As the engine has it: with `ignoreChanges` and transforms applied. */
  known: KnownLayout | undefined;
  /** What the program said of the run when it declared the layout. */
  notes: RunNotes;
  /** The files as the layout listed them, and how much had been changed by then. */
  listing?: { readonly view: ListedView; readonly changes: number };
  /** How many files of keys that left go with this update. */
  deleted: number;
}

const layouts = new WeakMap<Session, Map<string, LayoutOfRun>>();

/** The layouts of a run that were checked, by declaration. */
export function layoutsOfRun(session: Session): Map<string, LayoutOfRun> {
  let found = layouts.get(session);
  if (found === undefined) layouts.set(session, (found = new Map<string, LayoutOfRun>()));
  return found;
}

/** What the run knows of one layout; made where there is none yet. */
export function layoutOfRun(session: Session, declaration: string): LayoutOfRun {
  const all = layoutsOfRun(session);
  let layout = all.get(declaration);
  if (layout === undefined) all.set(declaration, (layout = { known: undefined, notes: {}, deleted: 0 }));
  return layout;
}
