import type { DeletionPolicy, Origin, Source, Visibility } from "../managed-file";

/** What a program says of one file of a layout, every value known. */
export interface FileDeclaration {
  readonly path: string;
  readonly visibility?: Visibility;
  readonly source?: Source;
}

/** Who may see the files whose full path a glob matches. */
export interface VisibilityRule {
  readonly match: string;
  readonly visibility: Visibility;
}

/** What becomes of files under the prefix that no declaration of the program has. */
export type Unmanaged = "IGNORE" | "REPORT" | "FAIL" | "DELETE";

/** What a program says of a layout beside its files. */
export interface LayoutSettings {
  readonly bucket: string;
  readonly prefix?: string;
  readonly rules?: readonly VisibilityRule[];
  readonly unmanaged?: Unmanaged;
  readonly maxDeletes?: number;
  readonly deletionPolicy?: DeletionPolicy;
  /** Which declaration of the program this is; see the SDK's `declarationOf`. */
  readonly __declaration?: string;
  /** That the program marks a path, or a source, as a secret: then no line shows one. */
  readonly __secret?: true;
}

/**
 * What a program says of a layout, every value known. The files go by another name here than in the SDK: an output that has
 * the name of an input would show the input while a preview does not know better.
 */
export interface FileLayoutInputs extends LayoutSettings {
  readonly declared: Readonly<Record<string, FileDeclaration>>;
}

/** A file of a layout as it was last seen. */
export interface LayoutFileState {
  readonly id: string;
  readonly path: string;
  readonly visibility?: Visibility;
  /** `undefined` while the file is PRIVATE. */
  readonly url?: string;
  readonly size?: number;
  readonly contentType?: string;
  readonly origin: Origin;
}

/** A file under the prefix that no declaration of the program has. */
export interface UnmanagedFile {
  readonly id: string;
  readonly path: string;
  readonly visibility?: Visibility;
  readonly size?: number;
}

/** What state holds of a layout. */
export interface FileLayoutState extends LayoutSettings {
  readonly files: Readonly<Record<string, LayoutFileState>>;
  /** By key, what the program said that can't be read off the file: see `recorded.ts`. */
  readonly __declared: Readonly<Record<string, string>>;
  readonly unmanagedFiles?: readonly UnmanagedFile[];
  readonly summary: string;
  /** Ids of files that are still to be deleted: their keys left, or they were replaced, and the run was cut short. */
  readonly __leaving?: readonly string[];
  /** Which life of the resource this is: see `reconcile/life.ts`. */
  readonly __life?: string;
  /** Ids of files under the prefix that other declarations of the program had. */
  readonly __others?: readonly string[];
}

/** The most files that an update deletes where the program does not say. */
export const MAX_DELETES = 10;

/** Whether a layout has a say over files that it does not declare, so that what is under its prefix has to be listed. */
export function governs({ rules, unmanaged }: Pick<LayoutSettings, "rules" | "unmanaged">): boolean {
  return (rules ?? []).length > 0 || (unmanaged ?? "IGNORE") !== "IGNORE";
}
