import { ALIASES, pick } from "../../../../provider/client/decode/aliases";
import type { Notebook } from "./notebook";
import type { Lab } from "./lab";
import { entityOf, failureOf, updateShape } from "./shapes";

/** Finds out what an update of a file's properties does. */
export async function tryUpdates(lab: Lab, notebook: Notebook): Promise<void> {
  await notebook.attempt("a change of visibility", () => tryVisibility(lab, notebook));
  await notebook.attempt("how paths are written", () => tellPathForm(lab, notebook));
  await notebook.attempt("a new name", () => tryName(lab, notebook));
  await notebook.attempt("a new path", () => tryPath(lab, notebook));
  await notebook.attempt("a change of several properties", () => tryBoth(lab, notebook));
}

const patch = (lab: Lab, id: string, change: object): ReturnType<Lab["ask"]> =>
  lab.ask("PATCH", `/files/${encodeURIComponent(id)}`, change);

async function tryVisibility(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("visible.txt");
  const other = file.visibility === "PUBLIC" ? "PRIVATE" : "PUBLIC";
  const answer = await patch(lab, file.id, { visibility: other });
  const now = await lab.read(file.id);
  notebook.tell("patch.answer", failureOf(answer) === undefined ? updateShape(answer) : undefined);
  if (!notebook.knows("consistency") && failureOf(answer) === undefined)
    notebook.tell("consistency", now?.visibility === other ? "immediate" : "detail_lag");
}

/** What `path` holds is read off a file whose place is known. */
async function tellPathForm(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("form/known.txt");
  const entity = entityOf(await lab.ask("GET", `/files/${encodeURIComponent(file.id)}`));
  const path = entity && pick(entity, ALIASES.path);
  const directory = lab.path("form");
  const forms: Record<string, string> = {
    [file.path]: "full",
    [`/${file.path}`]: "full_leading_slash",
    [directory]: "directory",
    [`${directory}/`]: "directory_slash",
    [`${lab.bucket}/${file.path}`]: "bucket_prefixed",
  };
  notebook.tell("object.path", typeof path === "string" ? forms[path] : undefined);
}

async function tryName(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("name/old.txt");
  const before = await lab.look();
  const failure = failureOf(await patch(lab, file.id, { name: "new.dat" }));
  if (failure !== undefined) {
    notebook.tell("patch.name", undefined, `refused: ${failure}`);
    return;
  }
  const [now] = [...(await lab.settle(before, (world) => !world.equals(before), file.id)).listed].filter(({ path }) =>
    path.startsWith(lab.path("name/")),
  );
  const answers: Record<string, string> = {
    [lab.path("name/new.dat")]: "renames_path",
    [lab.path("name/new.dat.txt")]: "without_extension",
  };
  notebook.tell("patch.name", now === undefined ? undefined : (answers[now.path] ?? "label_only"));
}

async function tryPath(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("from/here.txt");
  const before = await lab.look();
  const target = lab.path("to/there.txt");
  const answer = await patch(lab, file.id, { path: target });
  if (failureOf(answer) !== undefined) {
    notebook.tell("patch.path", "rejected_400", `HTTP ${answer.status}`);
    return;
  }
  const now = await lab.settle(before, (world) => !world.equals(before), file.id);
  const moved = now.file(file.id) ?? now.newSince(before)[0];
  const answers: Record<string, string> = { [target]: "full", [`${target}/here.txt`]: "directory" };
  notebook.tell(
    "patch.path",
    moved && answers[moved.path],
    moved === undefined ? undefined : `it came to ${moved.path}`,
  );
}

async function tryBoth(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("both/old.txt");
  const before = await lab.look();
  const visibility = file.visibility === "PUBLIC" ? "PRIVATE" : "PUBLIC";
  const answer = await patch(lab, file.id, { name: "new.txt", visibility });
  const failure = failureOf(answer);
  const now = await lab.settle(before, (world) => !world.equals(before), file.id);
  if (failure === undefined)
    notebook.tell("patch.multi", now.file(file.id)?.visibility === visibility ? "atomic" : undefined);
  else notebook.tell("patch.multi", now.equals(before) ? undefined : "partial_then_error", `HTTP ${answer.status}`);
}
