import { diffManagedFile } from "../model/diff";
import {
  checkManagedFile,
  createManagedFile,
  deleteManagedFile,
  diffManagedFileLive,
  readManagedFile,
  updateManagedFile,
} from "../resources";
import { dynamicResource } from "./resource";

/** The ManagedFile, as Pulumi calls it. */
export const managedFile = dynamicResource({
  check: checkManagedFile,
  diff: diffManagedFileLive,
  drift: (state, inputs) => diffManagedFile(state, { ...inputs }, false),
  create: createManagedFile,
  read: readManagedFile,
  update: updateManagedFile,
  delete: deleteManagedFile,
});
