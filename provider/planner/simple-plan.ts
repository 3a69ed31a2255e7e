import { planPlacement, type Standing } from "./placement";
import { Board, type Step, type Traveller } from "./board";
import type { Model } from "./model";

/**
 * The plan that takes one file after the other, whoever stands in the way first, and breaks each cycle with one request
 * more: the most that any layout needs, and what a better plan is measured against.
 */
export function simpleSteps(model: Model): { steps: Step[]; board: Board } {
  const board = new Board(model);
  const waiting = new Set<Traveller>();
  for (const start of board.travellers) {
    const stack = isPlaced(start) ? [] : [start];
    while (stack.length > 0) {
      const traveller = stack[stack.length - 1];
      if (traveller === undefined) break;
      waiting.add(traveller);
      const holder = board.holder(traveller.mover.to);
      // A change of case alone finds its own place held, by itself or among what stays.
      const ownPlace = traveller.place === traveller.mover.to;
      if (holder === undefined || ownPlace) {
        place(board, traveller);
        waiting.delete(traveller);
        stack.pop();
      } else if (holder.mover.goal === undefined || waiting.has(holder)) setAside(board, holder);
      else stack.push(holder);
    }
  }
  return { steps: board.steps.filter((step) => step !== undefined), board };
}

// Stands for a temporary name until one is known to be needed; no name has a slash.
const ASIDE = "/";

function isPlaced(traveller: Traveller): boolean {
  const { mover } = traveller;
  if (mover.goal === undefined) return true;
  const there = traveller.directory === mover.toDirectory && traveller.name === mover.newName;
  return there && traveller.tightened && traveller.loosened;
}

function place(board: Board, traveller: Traveller): void {
  const { model } = board;
  const { mover } = traveller;
  const from: Standing = {
    directory: model.directories[traveller.directory] ?? "",
    name: model.names[traveller.name] ?? "",
    visibility: traveller.tightened ? (mover.tightens ? "PRIVATE" : mover.file.visibility) : "PUBLIC",
  };
  const to: Standing = {
    directory: model.directories[mover.toDirectory] ?? "",
    name: model.names[mover.newName] ?? "",
    ...(mover.goal?.visibility && { visibility: mover.goal.visibility }),
  };
  const between = {
    renamedTaken: !board.isFree(board.placeRenamed(traveller), traveller),
    movedTaken: !board.isFree(board.placeMoved(traveller), traveller),
  };
  for (const step of planPlacement(from, to, between, ASIDE)) {
    if (step.kind === "move") board.move([traveller], mover.toDirectory);
    else if (step.name === ASIDE) board.renameAside(traveller);
    else board.patch(traveller, step.name === undefined ? undefined : mover.newName, step.visibility);
  }
}

function setAside(board: Board, traveller: Traveller): void {
  const { mover } = traveller;
  if (mover.renames && traveller.name !== mover.newName) {
    board.renameAside(traveller);
    return;
  }
  if (!traveller.tightened) board.patch(traveller, undefined, "PRIVATE");
  // Each directory but the first is there for a name that the ones before have.
  for (let index = 0; ; index++) {
    const directory = board.model.parking(index);
    const target = board.model.place(directory, traveller.name);
    if (board.holder(target) !== undefined) continue;
    board.move([traveller], directory);
    traveller.parked = true;
    return;
  }
}
