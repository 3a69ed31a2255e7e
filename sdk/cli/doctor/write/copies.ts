import type { FileInfo } from "../../../../provider/client";
import type { Answer } from "../../../../provider/client/http/transport";
import type { Notebook } from "./notebook";
import { collide } from "./conflict";
import type { Lab } from "./lab";
import { bulkShape, failureOf } from "./shapes";

/** Finds out what a copy does. */
export async function tryCopies(lab: Lab, notebook: Notebook): Promise<void> {
  const source = await lab.make("copy/source.txt");
  const target = await tryTargets(lab, notebook, source);
  await notebook.attempt("who sees a copy", () => tryVisibility(lab, notebook, source, target));
  await notebook.attempt("a copy to a taken path", () => tryTaken(lab, notebook, target));
}

function copy(lab: Lab, id: string, target: string): Promise<Answer> {
  return lab.ask("POST", "/files/copy", {
    source_bucket: lab.bucket,
    target_bucket: lab.bucket,
    target_path: target,
    file_ids: [id],
  });
}

/** Where a copy to a target comes to be: in it, at it, or nowhere. */
async function place(lab: Lab, notebook: Notebook | undefined, id: string, target: string): Promise<string> {
  const before = await lab.look();
  const answer = await copy(lab, id, target);
  const failure = failureOf(answer);
  if (failure !== undefined) return "refused";
  notebook?.tell("copy.answer", bulkShape(answer));
  const [made] = (await lab.settle(before, (now) => now.newSince(before).length > 0)).newSince(before);
  const at = target.replace(/\/$/, "");
  if (made?.path === at) return "at";
  return made?.path.startsWith(`${at}/`) === true ? "in" : "nowhere";
}

/** Gives how a directory is to be written as a target of a copy. */
async function tryTargets(lab: Lab, notebook: Notebook, source: FileInfo): Promise<(name: string) => string> {
  const plain = await place(lab, notebook, source.id, lab.path("target-plain"));
  const dotted = await place(lab, undefined, source.id, lab.path("target.dotted"));
  const slash = await place(lab, undefined, source.id, lab.path("target-slash/"));
  const seen = `"a": ${plain} it, "a.b": ${dotted} it, "a/": ${slash}${slash === "refused" ? "" : " it"}`;
  if (plain === "in") notebook.tell("copy.target", dotted === "at" ? "by_extension" : "directory", seen);
  else if (plain === "at") notebook.tell("copy.target", slash === "in" ? "by_trailing_slash" : "full", seen);
  else notebook.tell("copy.target", undefined, seen);
  if (plain === "in") return (name) => lab.path(name);
  return slash === "in" ? (name) => `${lab.path(name)}/` : (name) => lab.path(`${name}/source.txt`);
}

async function tryVisibility(
  lab: Lab,
  notebook: Notebook,
  { id, visibility }: FileInfo,
  target: (name: string) => string,
): Promise<void> {
  const other = visibility === "PUBLIC" ? "PRIVATE" : "PUBLIC";
  const changed = await lab.look();
  await lab.client.updateFile(id, { visibility: other });
  await lab.settle(changed, (now) => now.file(id)?.visibility === other, id);
  const before = await lab.look();
  await copy(lab, id, target("copy-seen"));
  const [made] = (await lab.settle(before, (now) => now.newSince(before).length > 0)).newSince(before);
  if (made === undefined) notebook.tell("copy.visibility", undefined, "no copy came of it");
  else notebook.tell("copy.visibility", made.visibility === other ? "inherit" : "default");
}

async function tryTaken(lab: Lab, notebook: Notebook, target: (name: string) => string): Promise<void> {
  const source = await lab.make("copy-from/source.txt");
  const holder = await lab.make("copy-held/source.txt");
  const before = await lab.look();
  const send = (): Promise<Answer> => copy(lab, source.id, target("copy-held"));
  notebook.tell("copy.conflict", await collide(lab, { path: holder.path, holder: holder.id, before, send }));
}
