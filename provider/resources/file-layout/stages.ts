import type { FileInfo } from "../../client";
import { planLayout, type LayoutFile, type LayoutGoal, type LayoutPlanning } from "../../planner";
import type { Survey } from "./survey";
import type { Passage } from "./adopted";

/** A file with a place to come to. Its `file` is kept as it was last seen, also where the service gives it another id. */
export interface Mover {
  readonly holder: { file: FileInfo };
  readonly goal: LayoutGoal;
  readonly passage?: Passage | undefined;
}

/** What is to be brought about: files with goals, and files that go at the end and so may be moved out of the way. */
export interface Task {
  readonly movers: readonly Mover[];
  readonly doomed: readonly { file: FileInfo }[];
}

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
  survey: Survey,
  { movers, doomed }: Task,
  goals: Map<string, LayoutGoal>,
  last: boolean,
): LayoutPlanning {
  const files = new Map<string, LayoutFile>();
  for (const { file } of [...movers.map(({ holder }) => holder), ...doomed]) {
    // One whose visibility is not told has none to reach either: see `refuseUntold`.
    files.set(file.id, { id: file.id, path: file.path, visibility: file.visibility ?? "PUBLIC" });
  }
  const strangers: string[] = [];
  for (const { id, path } of survey.files) if (!files.has(id)) strangers.push(path);
  const deletes = last ? doomed.map(({ file }) => file.id) : [];
  return planLayout({ files: [...files.values()], goals, strangers, deletes, passing: !last });
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
