import type { Visibility } from "./managed-file";
import { splitPath } from "./paths";

/** How a file that is declared comes to be where it is to be. */
export type Way =
  /** It is there, and stays the same file. */
  | "kept"
  /** A new file, copied from another. */
  | "copied"
  /** A new file, from the program's side. */
  | "uploaded"
  /** It is deleted for good. */
  | "deleted"
  /** Its declaration goes, and the file stays in the bucket. */
  | "released";

/** What becomes of one file of a bucket. */
export interface Effect {
  readonly way: Way;
  /** Where it is now, or what it is copied from. */
  readonly from?: string;
  /** The bucket of `from`, where it is another one. */
  readonly fromBucket?: string;
  /** Where it is to be. */
  readonly to?: string;
  /** Who may see it now, as far as that is known. */
  readonly before?: Visibility;
  /** Who is to see it; `undefined`: as it is, or for a new file, as the service makes it. */
  readonly after?: Visibility;
  /** What an upload sends. */
  readonly bytes?: number;
  /** That the file comes under the program's care with this. */
  readonly taken?: true;
  /** That it takes the place of a file that is deleted once this one is safe. */
  readonly replaces?: true;
}

/** What kind of change an effect is; one file can have several. */
export type Mark =
  "published" | "hidden" | "moved" | "renamed" | "uploaded" | "copied" | "deleted" | "released" | "taken over";

/** All marks, what can't be taken back first. */
export const MARKS: readonly Mark[] = [
  "published",
  "deleted",
  "hidden",
  "moved",
  "renamed",
  "uploaded",
  "copied",
  "taken over",
  "released",
];

/** The marks of an effect, in the order of {@link MARKS}. */
export function marksOf(effect: Effect): Mark[] {
  const { way, from, to, before, after, taken } = effect;
  const kept = way === "kept" && from !== undefined && to !== undefined;
  const differs = (part: "directory" | "name"): boolean => kept && splitPath(from)[part] !== splitPath(to)[part];
  const has: Record<Mark, boolean> = {
    published: after === "PUBLIC" && before !== "PUBLIC",
    hidden: after === "PRIVATE" && before === "PUBLIC",
    moved: differs("directory"),
    renamed: differs("name"),
    uploaded: way === "uploaded",
    copied: way === "copied",
    deleted: way === "deleted",
    released: way === "released",
    "taken over": taken === true && way === "kept",
  };
  return MARKS.filter((mark) => has[mark]);
}

/** Whether an effect changes anything at the service. */
export function changesService(effect: Effect): boolean {
  return marksOf(effect).some((mark) => mark !== "taken over" && mark !== "released") || isTightened(effect);
}

/** A file of which it is not known who may see it, and that is to be PRIVATE. */
function isTightened({ way, before, after }: Effect): boolean {
  return way === "kept" && before === undefined && after === "PRIVATE";
}

/** What one declaration would do. */
export interface Plan {
  readonly resource: "ManagedFile" | "FileLayout";
  /** The declaration's name in the program. */
  readonly name: string;
  readonly bucket: string;
  readonly effects: readonly Effect[];
  /** How many requests that write it takes. */
  readonly requests: { readonly count: number; readonly exact: boolean };
  /** What is to be said of the declaration beside its files, such as that a path is not known yet. */
  readonly note?: string;
}

/** The same plan without a path: what is secret in the program is secret here. */
export function withoutPaths(plan: Plan): Plan {
  const hidden = (path: string | undefined): string | undefined => (path === undefined ? undefined : "[secret]");
  return {
    ...plan,
    effects: plan.effects.map((effect) => {
      const { from, to } = effect;
      // Two paths that differ still do.
      const moved = from !== undefined && to !== undefined && from !== to;
      return { ...effect, from: moved ? "[secret] before" : hidden(from), to: hidden(to) } as Effect;
    }),
  };
}
