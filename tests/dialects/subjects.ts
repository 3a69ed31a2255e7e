import type { Host } from "../support/host";
import { FileLayouts } from "./file-layouts";
import { ManagedFiles } from "./managed-files";
import type { SubjectName } from "./page";
import type { Subject } from "./subject";

/** The kinds of resources under test. */
export const SUBJECTS: Readonly<Record<SubjectName, new (bench: Host) => Subject>> = {
  ManagedFile: ManagedFiles,
  FileLayout: FileLayouts,
};
