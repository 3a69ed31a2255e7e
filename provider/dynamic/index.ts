export * as bucket from "./bucket";
export { fileLayout } from "./file-layout";
export { managedFile } from "./managed-file";
export * as undeclaredFilesReport from "./undeclared-files-report";
export { undeclaredFilesSweep } from "./undeclared-files-sweep";
