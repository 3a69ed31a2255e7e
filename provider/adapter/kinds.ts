import { diffManagedFile, type Difference } from "../model/diff";
import { changesState, type FileLayoutInputs, type FileLayoutState } from "../model/file-layout";
import type { ManagedFileInputs, ManagedFileState, Problem } from "../model/managed-file";
import {
  checkFileLayout,
  checkManagedFile,
  createFileLayout,
  createManagedFile,
  deleteFileLayout,
  deleteManagedFile,
  diffFileLayout,
  diffManagedFileLive,
  readFileLayout,
  readManagedFile,
  updateFileLayout,
  updateManagedFile,
  type Effects,
  type Session,
} from "../resources";

/** Values as they come from the engine and go to it, plain: no secrets' marks, unknown values by their sentinel. */
export type Raw = Record<string, unknown>;

/** What `resources` does for one kind of resource. */
export interface Kind<Inputs extends object, State extends object> {
  check(session: Session, olds: Raw, news: Raw): Promise<Problem[]>;
  diff(session: Session, id: string, state: State, news: Raw): Promise<Difference>;
  /** What a refresh found, beside the inputs of the last update. */
  drift(state: State, inputs: Inputs): Difference;
  create(session: Session, inputs: Inputs): Promise<{ id: string; state: State }>;
  /** `undefined` where it is gone. */
  read(session: Session, state: State): Promise<{ state: State; inputs: Inputs } | undefined>;
  update(session: Session, id: string, state: State, inputs: Inputs): Promise<State>;
  /** Opens a session only where there is something to delete: what stays needs no service, and so not even a key. */
  delete(openSession: () => Session, state: State, effects: Effects): Promise<void>;
}

/** One file. */
export const managedFileKind: Kind<ManagedFileInputs, ManagedFileState> = {
  check: checkManagedFile,
  diff: diffManagedFileLive,
  drift: (state, inputs) => diffManagedFile(state, { ...inputs }, false),
  create: createManagedFile,
  read: readManagedFile,
  update: updateManagedFile,
  delete: deleteManagedFile,
};

/** Many files as one resource. It is there as long as its declaration is, even where all of its files are gone. */
export const fileLayoutKind: Kind<FileLayoutInputs, FileLayoutState> = {
  check: checkFileLayout,
  diff: (session, _id, state, news) => diffFileLayout(session, state, news),
  drift: (state, inputs) => ({ changes: changesState(state, inputs), replaces: [] }),
  create: createFileLayout,
  read: readFileLayout,
  update: updateFileLayout,
  delete: deleteFileLayout,
};
