import type { Notebook } from "./notebook";
import type { Lab } from "./lab";

/** Finds out what becomes of the spelling of paths. */
export async function tryPaths(lab: Lab, notebook: Notebook): Promise<void> {
  await notebook.attempt("odd names", () => trySpelling(lab, notebook));
  await notebook.attempt("the case of paths", () => tryCase(lab, notebook));
}

async function tryCase(lab: Lab, notebook: Notebook): Promise<void> {
  const upper = await lab.make("case/Mixed.TXT");
  if (upper.path === lab.path("case/mixed.txt")) {
    notebook.tell("path.case", "lowercased");
    return;
  }
  const before = await lab.look();
  const body = (): Buffer => Buffer.from("another spelling");
  await lab.client
    .upload({ bucket: lab.bucket, path: lab.path("case/mixed.txt"), body, contentType: "text/plain" })
    .catch(() => undefined);
  const now = await lab.settle(before, (world) => !world.equals(before), upper.id);
  const both = now.at(upper.path).length > 0 && now.at(lab.path("case/mixed.txt")).length > 0;
  const duplicates = notebook.answerTo("upload.conflict") === "duplicate";
  if (both && duplicates)
    notebook.tell("path.case", undefined, "two files may be at one path, so that nothing shows it");
  else notebook.tell("path.case", both ? "sensitive" : "insensitive_preserving");
}

/** Names as they are sent, and as a service that alters them in one way makes them. */
const SPELLINGS = [
  ["spaces_to_underscore", "a b.txt", "a_b.txt"],
  ["nfc", "cafe\u0301.txt", "caf\u00e9.txt"],
  ["percent_decoded", "x%41.txt", "xa.txt"],
] as const;

async function trySpelling(lab: Lab, notebook: Notebook): Promise<void> {
  for (const [index, [way, given, altered]] of SPELLINGS.entries()) {
    const { path } = await lab.make(`names-${index}/${given}`);
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (name.toLowerCase() === given.toLowerCase()) continue;
    const known = name.toLowerCase() === altered;
    notebook.tell("path.sanitise", known ? way : undefined, `${JSON.stringify(given)} became ${JSON.stringify(name)}`);
    return;
  }
  notebook.tell("path.sanitise", "none");
}
