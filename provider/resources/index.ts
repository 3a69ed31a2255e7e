export { readBucket } from "./bucket";
export { checkManagedFile } from "./managed-file/check";
export { diffManagedFileLive } from "./managed-file/diff";
export { createManagedFile, deleteManagedFile, readManagedFile, updateManagedFile } from "./managed-file/lifecycle";
export { PartialFailure } from "./partial-failure";
export { Session } from "./session";
export { checkFileLayout } from "./file-layout/check";
export { diffFileLayout } from "./file-layout/diff";
export { createFileLayout, deleteFileLayout, readFileLayout, updateFileLayout } from "./file-layout/lifecycle";
