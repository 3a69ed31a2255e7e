import type { EnforcementLevel } from "@pulumi/policy";
import type { Visibility } from "../visibility";
import { nameOf, type FileFacts } from "./file-facts";
import { filePolicy, type FilePolicy } from "./file-policy";
import { knownObject } from "./known";
import { DECLARED_FILES } from "./read-files";

/** What a visibility that a policy wants of a path is, and why. */
export interface Wanted {
  readonly visibility: Visibility;
  /** Such as `files that match "drafts/**" have to be PRIVATE`. */
  readonly reason: string;
}

/** Builds a policy of who may see which files. Remediation declares the visibility that is wanted. */
export function visibilityPolicy(parts: {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel | undefined;
  readonly wantedAt: (path: string) => Wanted | undefined;
}): FilePolicy {
  const { wantedAt } = parts;
  /** What to declare; `undefined` where that is said already, or is not known yet. */
  const missing = ({ path, visibility, from }: FileFacts): Visibility | undefined => {
    if (from === "declared" && visibility === undefined) return undefined;
    const wanted = wantedAt(path)?.visibility;
    return wanted === visibility ? undefined : wanted;
  };
  return filePolicy({
    name: parts.name,
    description: parts.description,
    enforcementLevel: parts.enforcementLevel,
    judge: (file) => {
      const wanted = wantedAt(file.path);
      if (wanted === undefined || file.visibility === undefined || file.visibility === wanted.visibility)
        return undefined;
      return `${nameOf(file)} is ${file.visibility}${BECAUSE[file.from]}; ${wanted.reason}. Declare visibility: "${wanted.visibility}" for it.`;
    },
    repairFile: (props, file) => {
      const visibility = missing(file);
      if (visibility === undefined) return false;
      props.visibility = visibility;
      return true;
    },
    repairLayout: (props, files) => {
      const declared = knownObject(props, DECLARED_FILES);
      let changed = false;
      for (const file of files) {
        const entry = file.key === undefined || declared === undefined ? undefined : knownObject(declared, file.key);
        const visibility = missing(file);
        if (entry === undefined || visibility === undefined) continue;
        (entry as Record<string, unknown>).visibility = visibility;
        changed = true;
      }
      return changed;
    },
  });
}

const BECAUSE = { declared: "", ruled: " by a rule of its layout", found: "" } as const;
