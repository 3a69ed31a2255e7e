export * as bucket from "./bucket";
export * as managedFile from "./managed-file";
