import type { FileInfo } from "../client";
import { splitPath } from "../model/paths";
import { temporaryName } from "../model/temporary-paths";
import { planLayout, type LayoutFault, type LayoutFile, type LayoutGoal, type LayoutPlan } from "../planner";
import { pathsBetween, planOneFile } from "../planner/one-file";
import type { Holder } from "./await-consistency";
import type { FileView } from "./file-view";

/** The places in a folder of its own through which a file passes: first with its old name, then with its new one. */
export type Passage = readonly [string, string];

/** A file with a place to come to. */
export interface Mover {
  readonly holder: Holder;
  readonly goal: LayoutGoal;
  readonly passage?: Passage | undefined;
}

/** What is to be brought about: files with goals, and files that go at the end and so may be moved out of the way. */
export interface Task {
  readonly movers: readonly Mover[];
  readonly doomed: readonly Holder[];
  /**
   * Of a file by itself, whose surroundings were not listed: whether it may stop at a place on its way. With a list of all files
   * that is left out.
   */
  readonly mayStopAt?: (path: string) => Promise<boolean>;
  /** Of a file by itself: the name that it has on its way where nothing else says whose it is. It stops nowhere else then. */
  readonly aside?: string | undefined;
}

/** The requests of a stage, or why there are none. */
export type StagePlan =
  | { readonly ok: true; readonly plan: Pick<LayoutPlan, "levels" | "requests"> }
  | { readonly ok: false; readonly faults: readonly LayoutFault[] };

/** How many stages there are at most: to the passage, to the new name there, and home. */
export const STAGES = 3;

/** The goals of one stage, by file id. Whatever has no goal in a stage stays where it is. */
export function goalsOf({ movers }: Task, stage: number): Map<string, LayoutGoal> {
  const goals = new Map<string, LayoutGoal>();
  for (const { holder, goal, passage } of movers) {
    const { id, path } = holder.file;
    if (stage === STAGES - 1) goals.set(id, goal);
    else if (passage !== undefined && path !== passage[1] && path !== goal.path) {
      const tight = goal.visibility === "PRIVATE" ? { visibility: goal.visibility } : {};
      goals.set(id, { path: passage[stage === 0 ? 0 : 1], ...tight });
    }
  }
  return goals;
}

/** Plans one stage from where the files are. */
export function planStage(
  view: FileView,
  { movers, doomed }: Task,
  goals: Map<string, LayoutGoal>,
  last: boolean,
): StagePlan {
  const files = new Map<string, LayoutFile>();
  for (const { file } of [...movers.map(({ holder }) => holder), ...doomed]) {
    // One whose visibility is not told has none to reach either: see `refuseUntold`.
    files.set(file.id, { id: file.id, path: file.path, visibility: file.visibility ?? "PUBLIC" });
  }
  const strangers: string[] = [];
  for (const { id, path } of view.files) if (!files.has(id)) strangers.push(path);
  const deletes = last ? doomed.map(({ file }) => file.id) : [];
  return planLayout({ files: [...files.values()], goals, strangers, deletes, passing: !last });
}

/** Plans the way of a file by itself: what lies on it is looked up as it is needed. */
export async function planAlone({ file }: Holder, goal: LayoutGoal, { mayStopAt, aside }: Task): Promise<StagePlan> {
  const free = new Set<string>();
  for (const path of aside === undefined ? pathsBetween(file, goal) : []) {
    if ((await mayStopAt?.(path)) !== true) continue;
    free.add(path);
    break;
  }
  const steps = planOneFile(
    file,
    goal,
    (path) => !free.has(path),
    () => aside ?? temporaryName(file.id, splitPath(goal.path).name),
  );
  const levels = steps.flatMap((step) => {
    // It may have that name already.
    if (step.kind !== "patch" || step.name !== file.name) return [[step]];
    const { name: _name, ...rest } = step;
    return rest.visibility === undefined ? [] : [[rest]];
  });
  return { ok: true, plan: { levels, requests: levels.length } };
}

/** The same task, in which the files have come to their goals of one stage; nothing is written. */
export function imagined(task: Task, goals: ReadonlyMap<string, LayoutGoal>): Task {
  const movers = task.movers.map((mover) => {
    const { file } = mover.holder;
    const goal = goals.get(file.id);
    if (goal === undefined) return mover;
    return {
      ...mover,
      holder: { file: { ...file, path: goal.path, visibility: goal.visibility ?? file.visibility } as FileInfo },
    };
  });
  return { ...task, movers };
}
