import { pathProblem, TEMPORARY_PREFIX } from "../model/paths";
import { foldCase } from "../model/case-folding";
import type { LayoutFault, LayoutFaultKind, LayoutProblem } from "./types";

/** Everything that is wrong with a layout, in the order of its goals; nothing is planned before this is empty. */
export function layoutFaults(problem: LayoutProblem): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const fault = (
    kind: LayoutFaultKind,
    id: string,
    path: string | undefined,
    reason: string,
    otherId?: string,
  ): void => {
    faults.push({
      kind,
      id,
      ...(path !== undefined && { path }),
      ...(otherId !== undefined && { otherId }),
      reason,
    });
  };

  const now = new Map<string, string>();
  for (const file of problem.files) {
    if (now.has(file.id)) fault("duplicate-file", file.id, file.path, `file ${file.id} is listed twice`);
    now.set(file.id, file.path);
  }

  const deleted = new Set(problem.deletes);
  for (const id of deleted) {
    if (!now.has(id)) fault("unknown-file", id, undefined, `file ${id} is to be deleted, and is not among the files`);
  }

  // Those that leave make room; those without a goal stay, and hold their places like strangers.
  const staying = new Map<string, string>();
  for (const file of problem.files) {
    if (!deleted.has(file.id) && !problem.goals.has(file.id)) staying.set(file.path, file.id);
  }
  const strangers = new Set(problem.strangers);
  const heldFolded = new Set<string>();
  for (const path of strangers) heldFolded.add(foldCase(path));
  for (const path of staying.keys()) heldFolded.add(foldCase(path));

  // Where both paths are held already, whoever holds them, the store keeps them apart.
  const held = new Set([...now.values(), ...strangers]);
  const exact = new Map<string, string>();
  const folded = new Map<string, string>();
  for (const [id, goal] of problem.goals) {
    const path = goal.path;
    if (!now.has(id)) fault("unknown-file", id, path, `file ${id} has a goal, and is not among the files`);
    if (deleted.has(id)) fault("goal-of-deleted-file", id, path, `file ${id} has a goal, and is to be deleted`);
    const passes = problem.passing === true && path.startsWith(`${TEMPORARY_PREFIX}/`);
    const wrong = passes ? undefined : pathProblem(path);
    if (wrong !== undefined) {
      fault("invalid-path", id, path, wrong);
      continue;
    }
    const key = foldCase(path);
    const same = exact.get(path);
    const alike = folded.get(key);
    if (same !== undefined) fault("duplicate-path", id, path, `"${path}" is the goal of file ${same} too`, same);
    else if (alike !== undefined && !(held.has(path) && held.has(problem.goals.get(alike)?.path ?? ""))) {
      const other = problem.goals.get(alike)?.path ?? "";
      fault(
        "case-collision",
        id,
        path,
        `"${path}" differs only in case from "${other}", the goal of file ${alike}`,
        alike,
      );
    }
    exact.set(path, id);
    folded.set(key, id);

    // A file that is there already has taken nobody's place, whatever else is said to be there.
    if (now.get(id) === path) continue;
    const holder = staying.get(path);
    if (strangers.has(path)) fault("path-held", id, path, `"${path}" is held by a file that is not managed`);
    else if (holder !== undefined)
      fault("path-held", id, path, `"${path}" is held by file ${holder}, which stays`, holder);
    else if (heldFolded.has(key)) {
      fault("case-collision", id, path, `"${path}" differs only in case from a path that another file holds`);
    }
  }
  return faults;
}
