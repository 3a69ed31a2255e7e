import type { EnforcementLevel } from "@pulumi/policy";
import type { Glob } from "../../provider/model/glob";
import { nameOf, type FileFacts } from "./file-facts";
import { filePolicy, type FilePolicy } from "./file-policy";
import { readGlobs, type Globs } from "./globs";
import { known, knownText } from "./known";
import { FILE_LAYOUT } from "./read-files";

/** The arguments of {@link protectedDeletes}. */
export interface ProtectedDeletesArgs {
  /** Globs over the full paths that no program may delete. */
  readonly match: Globs;
  /**
   * `"remediate"` declares `deletionPolicy: "RETAIN"`.
   * @default the pack's
   */
  readonly enforcementLevel?: EnforcementLevel;
}

/**
 * No file under these globs is deleted with its declaration: neither by `deletionPolicy: "DELETE"`, nor because it is a copy
 * or an upload without a deletion policy, nor by a FileLayout with `unmanaged: "DELETE"` whose `prefix` may reach such files.
 *
 * @example
 * ```ts
 * protectedDeletes({ match: ["legal/**", "masters/**"] });
 * ```
 */
export function protectedDeletes(args: ProtectedDeletesArgs): FilePolicy {
  const globs = readGlobs("match", args.match);
  const isDeleted = ({ path, deleted }: FileFacts): boolean =>
    deleted === true && globs.some(({ matches }) => matches(path));
  return filePolicy({
    name: "mediasaur-protected-deletes",
    description: "Files at protected paths outlive their declarations.",
    enforcementLevel: args.enforcementLevel,
    judge: (file) => {
      if (!isDeleted(file)) return undefined;
      const why = file.deletedBy === "default" ? ", as the program made it and no deletionPolicy is declared" : "";
      return `${nameOf(file)} is protected, and would be deleted with its declaration${why}. Declare deletionPolicy: "RETAIN".`;
    },
    judgeResource: (type, props) => (type === FILE_LAYOUT && sweeps(props, globs) ? SWEEP : undefined),
    repairFile: (props, file) => {
      if (!isDeleted(file)) return false;
      props.deletionPolicy = "RETAIN";
      return true;
    },
    repairLayout: (props, files) => {
      const deletes = files.some(isDeleted);
      const swept = sweeps(props, globs);
      if (deletes) props.deletionPolicy = "RETAIN";
      if (swept) props.unmanaged = "REPORT";
      return deletes || swept;
    },
  });
}

const SWEEP =
  'a layout with unmanaged: "DELETE" may delete protected files that nobody declared. Give it a prefix without such files, ' +
  'or set unmanaged to "REPORT".';

/** Whether a layout deletes undeclared files where protected ones may be. */
function sweeps(props: object, globs: readonly Glob[]): boolean {
  if (known(props, "unmanaged") !== "DELETE") return false;
  const given = known(props, "prefix");
  const prefix = given === undefined || given === null ? "" : knownText(props, "prefix");
  if (prefix === undefined) return false;
  return globs.some(({ start }) => start.startsWith(prefix) || prefix.startsWith(start));
}
