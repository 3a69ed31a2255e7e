import type { Visibility } from "../model/managed-file";
import type { Step } from "./board";
import type { Model, Mover } from "./model";
import type { LayoutRequest } from "./types";

/** What a request does to one file, and to which places. */
interface Effect {
  readonly mover: Mover;
  readonly from: number;
  readonly to: number;
}

/** A request with its level, and what it does. */
interface Placed {
  readonly step: Step;
  readonly effects: Effect[];
  level: number;
}

/** Where a file is, and the level of the last request that touched it. */
interface Position {
  directory: number;
  name: number;
  place: number;
  visibility: Visibility;
  level: number;
}

/**
 * Follows the steps from the start, checks that each finds its targets free, and sorts them into levels: a request comes
 * after whatever touched one of its files before, and after whatever made one of its targets free.
 *
 * @throws where a step would take a place that is held, or a file would not end at its goal: such a plan is not to be run
 */
export function replay(model: Model, steps: readonly Step[]): LayoutRequest[][] {
  const holders: (Mover | "fixed" | undefined)[] = [];
  const freedAt: number[] = [];
  const positions: Position[] = [];
  for (const mover of model.movers) {
    const { fromDirectory: directory, oldName: name, from: place } = mover;
    positions.push({ directory, name, place, visibility: mover.file.visibility, level: 0 });
    holders[place] = mover;
  }
  for (const place of model.fixed) holders[place] ??= "fixed";

  const target = (mover: Mover, directory: number, name: number): number =>
    directory === mover.toDirectory && name === mover.newName ? mover.to : model.place(directory, name);
  const placed: Placed[] = [];
  for (const step of steps) {
    const movers = step.kind === "move" ? step.travellers.map(({ mover }) => mover) : [step.traveller.mover];
    let level = 0;
    for (const mover of movers) {
      const now = at(positions, mover);
      if (step.kind === "move") now.directory = step.directory;
      else {
        now.name = step.name ?? now.name;
        now.visibility = step.visibility ?? now.visibility;
      }
      const place = target(mover, now.directory, now.name);
      level = Math.max(level, now.level);
      if (place === now.place) continue;
      if (holders[place] !== undefined)
        throw new Error(`A plan takes a place that is held, for file ${mover.file.id}.`);
      level = Math.max(level, freedAt[place] ?? 0);
    }
    const effects: Effect[] = [];
    // All targets were free before any file sets out: the files of one request may come in any order.
    for (const mover of movers) {
      const now = at(positions, mover);
      const place = target(mover, now.directory, now.name);
      now.level = level + 1;
      effects.push({ mover, from: now.place, to: place });
      if (place === now.place) continue;
      if (holders[place] !== undefined)
        throw new Error(`A plan moves two files to one place, one of them ${mover.file.id}.`);
      holders[now.place] = undefined;
      freedAt[now.place] = level + 1;
      holders[place] = mover;
      now.place = place;
    }
    placed.push({ step, effects, level });
  }
  for (const mover of model.movers) {
    const { goal, toDirectory, newName, file } = mover;
    const { directory, name, visibility } = at(positions, mover);
    if (goal === undefined) continue;
    if (directory !== toDirectory || name !== newName || visibility !== (goal.visibility ?? file.visibility)) {
      throw new Error(`A plan does not bring file ${file.id} to "${goal.path}".`);
    }
  }
  delay(placed);
  const levels: LayoutRequest[][] = [];
  for (const { step, level } of placed) (levels[level] ??= []).push(request(model, step));
  return levels.filter((level) => level.length > 0);
}

/**
 * Puts requests that only bring files on their way into the last level in which they are in time: so files are at neither
 * their old nor their new address for as short as can be.
 */
function delay(placed: readonly Placed[]): void {
  const touchedAt = new Map<Mover, number>();
  const takenAt = new Map<number, number>();
  for (const one of [...placed].reverse()) {
    const isOnTheWay = one.effects.every(({ mover, from, to }) => from !== to && to !== mover.to);
    if (isOnTheWay) {
      let latest = Infinity;
      for (const { mover, from } of one.effects) {
        latest = Math.min(latest, touchedAt.get(mover) ?? Infinity, takenAt.get(from) ?? Infinity);
      }
      if (latest !== Infinity) one.level = Math.max(one.level, latest - 1);
    }
    for (const { mover, from, to } of one.effects) {
      touchedAt.set(mover, one.level);
      if (from !== to) takenAt.set(to, one.level);
    }
  }
}

function at(positions: readonly Position[], mover: Mover): Position {
  const position = positions[mover.index];
  if (position === undefined) throw new Error(`A plan names a file that is not its own: ${mover.file.id}.`);
  return position;
}

function request(model: Model, step: Step): LayoutRequest {
  if (step.kind === "move") {
    const ids = step.travellers.map(({ mover }) => mover.file.id);
    return { kind: "move", ids, directory: model.directories[step.directory] ?? "" };
  }
  const { traveller, name, visibility } = step;
  return {
    kind: "patch",
    id: traveller.mover.file.id,
    ...(name !== undefined && { name: model.names[name] ?? "" }),
    ...(visibility !== undefined && { visibility }),
  };
}
