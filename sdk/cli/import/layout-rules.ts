import type { VisibilityRule } from "../../../provider/plan/file-layout";
import type { Visibility } from "../../visibility";
import type { Listed } from "./listed-files";

/** A rule is worth its line where it spares the visibility of two files. */
const RULE_COST = 1.5;
const LONGEST_MATCH = 50;

interface Folder {
  readonly path: string;
  readonly counts: Record<Visibility, number>;
  readonly folders: Map<string, Folder>;
}

interface Choice {
  readonly cost: number;
  readonly rules: readonly VisibilityRule[];
}

/**
 * The rules that say in the fewest lines who may see files: a rule for each folder whose files differ from those around it,
 * deeper folders first, as the first rule that matches wins.
 *
 * @param root - the folder that is governed, with a slash at its end; `""` is the whole bucket
 */
export function rulesFor(root: string, files: readonly Listed[]): VisibilityRule[] {
  const top = treeOf(root, files);
  return [...best(top, undefined).rules];
}

function treeOf(root: string, files: readonly Listed[]): Folder {
  const make = (path: string): Folder => ({ path, counts: { PUBLIC: 0, PRIVATE: 0 }, folders: new Map() });
  const top = make(root);
  for (const { path, visibility } of files) {
    let folder = top;
    for (const segment of path.slice(root.length).split("/").slice(0, -1)) {
      const inner = folder.folders.get(segment) ?? make(`${folder.path}${segment}/`);
      folder.folders.set(segment, inner);
      folder = inner;
    }
    folder.counts[visibility]++;
  }
  return top;
}

/** The cheapest way to say it: with what holds around the folder, or with a rule of its own. */
function best(folder: Folder, inherited: Visibility | undefined): Choice {
  const choices = (["PUBLIC", "PRIVATE"] as const)
    .filter((visibility) => visibility !== inherited && canBeMatched(folder.path))
    .map((visibility): Choice => {
      const inside = below(folder, visibility);
      return {
        cost: inside.cost + RULE_COST,
        rules: [...inside.rules, { match: `${folder.path}**`, visibility }],
      };
    });
  return choices.reduce((one, other) => (other.cost < one.cost ? other : one), below(folder, inherited));
}

function below(folder: Folder, visibility: Visibility | undefined): Choice {
  const { PUBLIC, PRIVATE } = folder.counts;
  const own = visibility === undefined ? PUBLIC + PRIVATE : visibility === "PUBLIC" ? PRIVATE : PUBLIC;
  const inner = [...folder.folders.values()].map((each) => best(each, visibility));
  return {
    cost: inner.reduce((sum, { cost }) => sum + cost, own),
    rules: inner.flatMap(({ rules }) => rules),
  };
}

/** Plain enough to be a glob that means itself, and to stand on one line. */
function canBeMatched(path: string): boolean {
  return path.length <= LONGEST_MATCH && /^[A-Za-z0-9 ._/-]*$/.test(path);
}
