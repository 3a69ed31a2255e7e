import { randomBytes } from "node:crypto";
import type { Answer } from "../../../../provider/client/http/transport";
import type { Notebook } from "./notebook";
import { collide } from "./conflict";
import type { Lab } from "./lab";
import { bulkShape, failureOf } from "./shapes";

/** Finds out what a move does. */
export async function tryMoves(lab: Lab, notebook: Notebook): Promise<void> {
  await notebook.attempt("a move", () => tryId(lab, notebook));
  await notebook.attempt("a move to a taken path", () => tryTaken(lab, notebook));
  await notebook.attempt("a move to the root", () => tryRoot(lab, notebook));
}

function move(lab: Lab, id: string, target: string): Promise<Answer> {
  return lab.ask("POST", "/files/move", { bucket: lab.bucket, file_ids: [id], target_path: target });
}

async function tryId(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("move/file.txt");
  const before = await lab.look();
  const answer = await move(lab, file.id, lab.path("moved"));
  const failure = failureOf(answer);
  notebook.tell("move.answer", failure === undefined ? bulkShape(answer) : undefined, failure && `refused: ${failure}`);
  const target = lab.path("moved/file.txt");
  const now = await lab.settle(before, (world) => !world.equals(before), file.id);
  if (now.file(file.id)?.path === target) notebook.tell("move.id", "kept");
  else notebook.tell("move.id", now.newSince(before).some(({ path }) => path === target) ? "new" : undefined);
}

async function tryTaken(lab: Lab, notebook: Notebook): Promise<void> {
  const holder = await lab.make("held/file.txt");
  const comer = await lab.make("coming/file.txt");
  const before = await lab.look();
  const send = (): Promise<Answer> => move(lab, comer.id, lab.path("held"));
  notebook.tell(
    "move.conflict",
    await collide(lab, { path: holder.path, holder: holder.id, comer: comer.id, before, send }),
  );
}

/** The bucket's own root, with a name that nobody else has: nothing can be in the way. */
async function tryRoot(lab: Lab, notebook: Notebook): Promise<void> {
  const accepted: string[] = [];
  for (const [spelling, name] of [
    ["", "empty"],
    ["/", "slash"],
  ] as const) {
    const base = `${lab.folder.slice(1)}-${randomBytes(8).toString("hex")}.txt`;
    const file = await lab.make(`root/${base}`);
    lab.mayBeAt(base);
    const before = await lab.look(file.id);
    if (failureOf(await move(lab, file.id, spelling)) !== undefined) continue;
    const now = await lab.settle(before, (world) => !world.equals(before), file.id);
    if (now.file(file.id)?.path === base || now.at(file.path).length === 0) accepted.push(name);
  }
  notebook.tell("move.root", accepted.length === 2 ? "both" : accepted[0]);
}
