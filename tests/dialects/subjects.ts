import type { Bench } from "./engine";
import { FileLayouts } from "./file-layouts";
import { ManagedFiles } from "./managed-files";
import type { SubjectName } from "./page";
import type { Subject } from "./subject";

/** The kinds of resources under test. */
export const SUBJECTS: Readonly<Record<SubjectName, new (bench: Bench) => Subject>> = {
  ManagedFile: ManagedFiles,
  FileLayout: FileLayouts,
};
