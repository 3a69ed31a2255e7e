import { diffManagedFile } from "../model/diff";
import type { ManagedFileInputs, ManagedFileState } from "../model/managed-file";
import {
  checkManagedFile,
  createManagedFile,
  deleteManagedFile,
  diffManagedFileLive,
  owned,
  readManagedFile,
  updateManagedFile,
} from "../resources";
import { dynamicResource } from "./resource";

/** The ManagedFile, as Pulumi calls it. */
export const managedFile = dynamicResource(
  owned("ManagedFile", {
    check: checkManagedFile,
    diff: diffManagedFileLive,
    drift: (state: ManagedFileState, inputs: ManagedFileInputs) => diffManagedFile(state, { ...inputs }, false),
    create: createManagedFile,
    read: readManagedFile,
    update: updateManagedFile,
    delete: deleteManagedFile,
  }),
);
