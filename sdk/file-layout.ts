import * as pulumi from "@pulumi/pulumi";
import * as provider from "../provider/dynamic/entry/file-layout";
import { declarationOf, readArguments, refuseClearKey, refuseDeleteBeforeReplace } from "./declaration";
import { notePlace, pathsElsewhere } from "./elsewhere";
import { secretMark } from "./secret-mark";
import type { FileSource } from "./managed-file";
import type { DeletionPolicy, Origin, Visibility } from "./visibility";

/** What a program declares of one file of a layout. The fields mean what they mean for a ManagedFile. */
export interface LayoutFileArgs {
  /**
   * Full path in the bucket, with the file's name and without a leading slash. A change moves the file in place; whatever
   * order that takes, swaps and cycles included, is planned for all files at once.
   */
  path: pulumi.Input<string>;
  /**
   * Who may see the file. A change is made in place.
   * @default what the first of the layout's `rules` that matches the path says, else left as it is
   */
  visibility?: pulumi.Input<Visibility | undefined>;
  /**
   * Where the file comes from when its key is new. A change of what is copied or uploaded puts the new file in the place of the
   * old one; a change that adopts another file lets go of the old one as the deletion policy says; taking it out changes
   * nothing. A file that is adopted by its path and gets another directory and another name passes through a temporary
   * folder: adopt by id where requests count.
   * @default the file that is already at `path` is taken over
   */
  source?: pulumi.Input<FileSource | undefined>;
}

/** Who may see the files whose full path a glob matches. */
export interface VisibilityRule {
  /** A glob over full paths, such as `"site/drafts/**"`. */
  match: pulumi.Input<string>;
  /** What the files that match are to be. */
  visibility: pulumi.Input<Visibility>;
}

/** What becomes of files under a layout's prefix that no declaration of the program has. */
export const Unmanaged = {
  /** They are left alone, save for the visibility that `rules` give them. */
  Ignore: "IGNORE",
  /** They are told of in `unmanagedFiles`, `summary` and a warning. */
  Report: "REPORT",
  /** They fail the preview and the update. */
  Fail: "FAIL",
  /** They are deleted for good, after everything else has succeeded, and at most `maxDeletes` of them. */
  Delete: "DELETE",
} as const;

/** What becomes of files under a layout's prefix that no declaration of the program has. */
export type Unmanaged = (typeof Unmanaged)[keyof typeof Unmanaged];

/** What a program declares of a layout. */
export interface FileLayoutArgs {
  /** The bucket that the files are in. A change replaces the layout. */
  bucket: pulumi.Input<string>;
  /**
   * The files, each under a key that is its identity: a change of its path moves the file; another key with the same path and
   * source is the same file, and changes state only. A key that leaves is treated as the deletion policy says.
   */
  files: pulumi.Input<Record<string, pulumi.Input<LayoutFileArgs>>>;
  /**
   * The folder that the layout governs, such as `"site/"`: every declared file has to lie in it, and `rules` and `unmanaged`
   * are about the files in it.
   * @default the whole bucket
   */
  prefix?: pulumi.Input<string | undefined>;
  /**
   * Who may see which files: the first rule that matches a file's path counts. They hold for declared files without a
   * `visibility` of their own, and for every undeclared file under `prefix`. With rules, every preview and up lists what is
   * there, so that a file that was published by hand is found and put right without a refresh.
   */
  rules?: pulumi.Input<pulumi.Input<VisibilityRule>[] | undefined>;
  /**
   * What becomes of undeclared files under `prefix`. Files that other declarations of the program have are not undeclared.
   * @default "IGNORE"
   */
  unmanaged?: pulumi.Input<Unmanaged | undefined>;
  /**
   * The most files that one update may delete: those of keys that left, and undeclared ones. One that would delete more
   * fails in the preview, before anything is done. A file that another content takes the place of does not count.
   * @default 10
   */
  maxDeletes?: pulumi.Input<number | undefined>;
  /**
   * Whether a file is deleted from the bucket when its key, or the layout, goes. A change only changes state.
   * @default "RETAIN" for a file that was there before (adopted), "DELETE" for one that the program made
   */
  deletionPolicy?: pulumi.Input<DeletionPolicy | undefined>;
}

/** A file of a layout, as it is. */
export interface LayoutFile {
  /** The file's present id (`file_id` of the API). */
  id: string;
  /** Full path in the bucket. */
  path: string;
  /** Who may see the file, where the service says so. */
  visibility?: Visibility;
  /** Where the file is served. `undefined` while it is PRIVATE: state would keep a signed URL in clear. */
  url?: string;
  /** Bytes, where the service says so. */
  size?: number;
  /** Media type, such as `image/jpeg`, where the service says so. */
  contentType?: string;
  /** How the file came under the program's care: it was there, or was copied, or was uploaded. */
  origin: Origin;
}

/** A file under a layout's prefix that no declaration of the program has. */
export interface UnmanagedFile {
  /** The file's id. */
  id: string;
  /** Full path in the bucket. */
  path: string;
  /** Who may see it, where the service says so. */
  visibility?: Visibility;
  /** Bytes, where the service says so. */
  size?: number;
}

/**
 * Many files of a bucket as one resource: one entry of state, one plan, the fewest requests.
 *
 * Any rearrangement, with swaps and cycles, is planned as a whole: bulk moves by directory, visibility tightened first and
 * loosened last, deletions last of all. The preview tells the plan. Each step is verified by listing; an interrupted update is
 * finished by the next. Nothing that the program did not declare is overwritten, moved away or deleted, save what
 * `unmanaged: "DELETE"` deletes.
 *
 * In the engine's output, and for the option `ignoreChanges`, an entry of `files` is an entry of `declared`, as the output `files`
 * has the files as they are.
 *
 * @example
 * ```ts
 * const site = new mediasaur.FileLayout("site", {
 *   bucket: "media",
 *   files: {
 *     hero: { path: "site/hero.jpg", source: { adopt: { path: "incoming/hero.jpg" } } },
 *     logo: { path: "site/logo.svg", source: { copy: { bucket: "brand", path: "logo.svg" } } },
 *   },
 *   prefix: "site/",
 *   rules: [
 *     { match: "site/drafts/**", visibility: "PRIVATE" },
 *     { match: "site/**", visibility: "PUBLIC" },
 *   ],
 *   unmanaged: "REPORT",
 * });
 * export const heroUrl = site.files.apply((files) => files.hero.url);
 * ```
 */
export class FileLayout extends pulumi.dynamic.Resource {
  /** The bucket that the files are in. */
  declare public readonly bucket: pulumi.Output<string>;
  /** Each file as it is, by key. In a preview it is unknown, or right. */
  declare public readonly files: pulumi.Output<Record<string, LayoutFile>>;
  /** The folder that the layout governs. */
  declare public readonly prefix: pulumi.Output<string | undefined>;
  /** The undeclared files under `prefix`; `undefined` where `unmanaged` is "IGNORE". */
  declare public readonly unmanagedFiles: pulumi.Output<UnmanagedFile[] | undefined>;
  /** What the layout has come to, in one line: how many files, how they are seen, how many undeclared. */
  declare public readonly summary: pulumi.Output<string>;
  /** The deletion policy as declared; `undefined` where the default by origin holds. */
  declare public readonly deletionPolicy: pulumi.Output<DeletionPolicy | undefined>;

  /**
   * Declares a layout.
   *
   * @param name - the resource's name in the program
   * @param args - what is declared of the files
   * @param opts - Pulumi's options; `provider` is of no use here, as there is one account a stack
   */
  constructor(name: string, args: FileLayoutArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    refuseDeleteBeforeReplace("FileLayout", name, opts);
    // By name, as arguments that the type does not know (a program in JavaScript) would end in state.
    const { bucket, files, prefix, rules, unmanaged, maxDeletes, deletionPolicy } = readArguments(
      "FileLayout",
      name,
      args,
      ["bucket", "files", "prefix", "rules", "unmanaged", "maxDeletes", "deletionPolicy"],
    );
    const self = Symbol(name);
    noteFiles(self, bucket, files);
    const elsewhere = rules === undefined && unmanaged === undefined ? undefined : pathsElsewhere(self, bucket, prefix);
    const outputs = { files: undefined, unmanagedFiles: undefined, summary: undefined };
    const settings = { bucket, prefix, rules, unmanaged, maxDeletes, deletionPolicy };
    const declaration = declarationOf(name, opts);
    const __secret = secretMark(files);
    const inputs = { ...settings, declared: files, __declaration: declaration, __elsewhere: elsewhere, __secret };
    super(provider, name, { ...outputs, ...inputs }, withInputNames(opts), "mediasaur", "FileLayout");
  }
}

/** What can be said of the files right away; a file that is not known yet is nobody's until it is. */
function noteFiles(owner: symbol, bucket: FileLayoutArgs["bucket"], files: FileLayoutArgs["files"]): void {
  if (!isPlain(files)) return;
  for (const file of Object.values(files)) {
    if (!isPlain(file)) continue;
    notePlace(owner, bucket, file.path);
  }
}

/** Whether a value is there and known; what else a program in JavaScript may pass is refused by the provider. */
function isPlain<Value extends object>(value: pulumi.Input<Value> | null | undefined): value is Value {
  return typeof value === "object" && value !== null && !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}

/** Options name properties as the program has them; inside, `files` is the output. */
function withInputNames(opts: pulumi.CustomResourceOptions | undefined): pulumi.CustomResourceOptions | undefined {
  if (opts?.ignoreChanges === undefined) return opts;
  return { ...opts, ignoreChanges: opts.ignoreChanges.map((path) => path.replace(/^files(?=$|[.[])/, "declared")) };
}
