export { readBucket, type BucketState } from "./bucket";
export { readConfig, type Config, type ConfigSource } from "./config";
export { checkManagedFile, diffManagedFileLive } from "./managed-file/check";
export { createManagedFile, deleteManagedFile, readManagedFile, updateManagedFile } from "./managed-file/lifecycle";
export { PartialFailure } from "./partial-failure";
export { Session } from "./session";
