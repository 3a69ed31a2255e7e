import type { EnforcementLevel } from "@pulumi/policy";
import type { FilePolicy } from "./file-policy";
import { readGlobs, type Globs } from "./globs";
import { visibilityPolicy } from "./visibility-policy";

/** The arguments of {@link noPublicFiles}. */
export interface NoPublicFilesArgs {
  /**
   * Globs over the full paths that may be PUBLIC.
   * @default none
   */
  readonly except?: Globs;
  /**
   * `"remediate"` declares the files PRIVATE.
   * @default the pack's
   */
  readonly enforcementLevel?: EnforcementLevel;
}

/**
 * No file is PUBLIC, save those at the paths that `except` names. A file with no declared visibility is judged as
 * `visibilityRules` judges it.
 *
 * @example
 * ```ts
 * noPublicFiles({ except: ["site/**", "press/**"] });
 * ```
 */
export function noPublicFiles(args: NoPublicFilesArgs = {}): FilePolicy {
  const globs = readGlobs("except", args.except ?? []);
  const wanted = { visibility: "PRIVATE", reason: "files have to be PRIVATE here" } as const;
  return visibilityPolicy({
    name: "mediasaur-no-public-files",
    description: "No file is PUBLIC, save where that is allowed.",
    enforcementLevel: args.enforcementLevel,
    wantedAt: (path) => (globs.some(({ matches }) => matches(path)) ? undefined : wanted),
  });
}
