import type { EnforcementLevel } from "@pulumi/policy";
import type { Visibility } from "../visibility";
import type { FilePolicy } from "./file-policy";
import { readGlobs, type Globs } from "./globs";
import { visibilityPolicy } from "./visibility-policy";

/** Who may see the files at certain paths. */
export interface VisibilityRule {
  /** Globs over full paths, such as `"drafts/**"`. */
  readonly match: Globs;
  /** What the files that match have to be. */
  readonly visibility: Visibility;
}

/** The arguments of {@link visibilityRules}. */
export interface VisibilityRulesArgs {
  /** The first rule that matches a path wins; a file that none matches may be either. */
  readonly rules: readonly VisibilityRule[];
  /**
   * `"remediate"` declares the visibility that the rules want.
   * @default the pack's
   */
  readonly enforcementLevel?: EnforcementLevel;
}

/**
 * Every file has the visibility that the first matching rule gives its path.
 *
 * A file with no declared visibility is judged by what the `rules` of its FileLayout give it, or by what it is: that is known
 * once it has been read, so for a new declaration at the end of `pulumi up`. A path that is not known yet in a preview is
 * judged by `pulumi up`.
 *
 * @throws Error where a rule has no glob, or no visibility
 * @example
 * ```ts
 * new PolicyPack("media", {
 *   enforcementLevel: "mandatory",
 *   policies: [
 *     visibilityRules({
 *       rules: [
 *         { match: "site/drafts/**", visibility: "PRIVATE" },
 *         { match: "site/**", visibility: "PUBLIC" },
 *       ],
 *     }),
 *   ],
 * });
 * ```
 */
export function visibilityRules(args: VisibilityRulesArgs): FilePolicy {
  const rules = args.rules.map(({ match, visibility }, index) => {
    const where = `rules[${index}]`;
    if (!["PUBLIC", "PRIVATE"].includes(visibility)) {
      throw new Error(`${where}.visibility has to be "PUBLIC" or "PRIVATE".`);
    }
    const shown = [match].flat().map((glob) => JSON.stringify(glob));
    const reason = `files that match ${shown.join(" or ")} have to be ${visibility}`;
    return { globs: readGlobs(`${where}.match`, match), visibility, reason };
  });
  return visibilityPolicy({
    name: "mediasaur-visibility-rules",
    description: "Every file has the visibility that the rules give its path.",
    enforcementLevel: args.enforcementLevel,
    wantedAt: (path) => rules.find(({ globs }) => globs.some(({ matches }) => matches(path))),
  });
}
