import type { Effect } from "../../model/effects";
import { firstOf, isTemporary, readRules, type FileLayoutInputs } from "../../model/file-layout";
import type { LayoutFault } from "../../planner";
import { splitPath } from "../../model/paths";
import { stagingDirectory } from "../../model/temporary-paths";
import type { FileInfo } from "../../client";
import { displayName, placeKey } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import type { Intent } from "./intent";
import type { Roster } from "./roster";
import { goalsOf, imagined, planStage, STAGES, type Mover, type Task } from "../../reconcile/stages";
import type { ListedView } from "../../reconcile/listed-view";

/** What an update would do. */
export interface Foresight {
  readonly requests: number;
  readonly faults: readonly LayoutFault[];
}

/** Plans everything without doing any of it; the files that are to be made are taken for made. */
export function foresee(view: ListedView, inputs: FileLayoutInputs, roster: Roster, intent: Intent): Foresight {
  const made = roster.entries.filter(({ file }) => file === undefined);
  const movers = made.map(({ key, goal }): Mover => {
    const directory = stagingDirectory(inputs.bucket, goal.path, "yet to be made");
    const { name } = splitPath(goal.path);
    const file = { id: `\0${key}`, directory, name, path: `${directory}/${name}`, visibility: goal.visibility };
    return { holder: { file: { ...file, busy: false } as FileInfo }, goal };
  });
  let task: Task = { ...intent.task, movers: [...intent.task.movers, ...movers] };
  let requests = made.length;
  for (let stage = 0; stage < STAGES; stage += 1) {
    const goals = goalsOf(task, stage);
    const last = stage === STAGES - 1;
    if (goals.size === 0 && !last) continue;
    const planning = planStage(view, task, goals, last);
    if (!planning.ok) return { requests: 0, faults: planning.faults };
    requests += planning.plan.requests;
    task = imagined(task, goals);
  }
  return { requests, faults: [] };
}

const told = new WeakMap<Session, Set<string>>();

/** Tells what an update is to do, and what is worth a warning; once in a run. */
export async function tell(
  session: Session,
  inputs: FileLayoutInputs,
  roster: Roster,
  intent: Intent,
  foresight: Foresight,
  effects: readonly Effect[],
): Promise<void> {
  const { __declaration = "" } = inputs;
  const already = told.get(session) ?? new Set();
  told.set(session, already);
  if (already.has(__declaration)) return;
  already.add(__declaration);
  const layout = displayName(__declaration);
  const exact = roster.entries.every(({ file }) => file !== undefined);
  const requests = { count: foresight.requests, exact };
  const note = effects.length === 0 ? { note: "nothing changes in the bucket" } : {};
  const { bucket, __secret } = inputs;
  await session.effects.tell(
    __declaration,
    { resource: "FileLayout", bucket, effects, requests, ...note },
    __secret === true,
  );
  const about = { resource: "FileLayout", declaration: __declaration } as const;
  for (const [kind, line] of warningsOf(layout, inputs, roster, intent)) {
    session.warnings.later(placeKey(`${__declaration} ${kind}`, bucket), () => line, about);
  }
}

function warningsOf(layout: string, inputs: FileLayoutInputs, roster: Roster, intent: Intent): [string, string][] {
  const warnings: [string, string][] = [];
  const warn = (kind: string, files: readonly string[], text: (which: string) => string): void => {
    if (files.length > 0) warnings.push([kind, `${layout}: ${text(firstOf(files))}`]);
  };
  const ruleOf = readRules(inputs.rules);
  const open = roster.entries.filter(
    ({ declaration: { path, visibility } }) => visibility === "PUBLIC" && ruleOf(path) === "PRIVATE",
  );
  warn(
    "open",
    open.map(({ goal }) => goal.path),
    (which) => `${String(open.length)} declared PUBLIC where the rules say PRIVATE: ${which}. The declaration counts.`,
  );
  if (inputs.unmanaged === "REPORT") {
    const { undeclared } = intent;
    warn(
      "undeclared",
      undeclared.map(({ path }) => path),
      (which) => `${String(undeclared.length)} undeclared: ${which}.`,
    );
  }
  const parked = roster.entries.flatMap(({ file }) =>
    file !== undefined && isTemporary(file.path) ? [file.path] : [],
  );
  warn(
    "parked",
    parked,
    (which) => `${String(parked.length)} left on the way by an interrupted run, brought home: ${which}.`,
  );
  const arrived = roster.entries.filter(({ arrived }) => arrived === true);
  warn(
    "arrived",
    arrived.map(({ file }) => file?.path ?? ""),
    (which) => `nothing is where these were to come from any more, so they are taken over where they are: ${which}.`,
  );
  return warnings;
}
