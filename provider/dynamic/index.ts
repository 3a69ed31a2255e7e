export * as bucket from "./bucket";
export * as fileLayout from "./file-layout";
export * as managedFile from "./managed-file";
