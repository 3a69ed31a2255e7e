export * as bucket from "./bucket";
export { fileLayout } from "./file-layout";
export { managedFile } from "./managed-file";
