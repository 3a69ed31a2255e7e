import { setTimeout as sleep } from "node:timers/promises";
import type { Notebook } from "./notebook";
import { collide } from "./conflict";
import type { BucketPlace, Lab } from "./lab";
import { entityOf, failureOf, idIn } from "./shapes";
import type { Answer } from "../../../../provider/client/http/transport";

/** Finds out how an upload names its bucket, what it is answered with, and who may see what it made. */
export async function tryUploads(lab: Lab, notebook: Notebook): Promise<void> {
  const before = await lab.look();
  const { place, name, answer } = await firstUpload(lab, lab.path("first.txt"));
  notebook.tell("upload.bucket_field", name);
  const id = idIn(answer);
  const start = Date.now();
  const first = await lab.look(id);
  let world = first;
  for (let looks = 1; world.newSince(before).length === 0 || world.listed.length === 0; looks++) {
    if (looks > 12) throw new Error("an upload was accepted, and no file came of it");
    await sleep(50 * looks);
    world = await lab.look(id);
    lab.lag = { looks, ms: Date.now() - start };
  }
  const [file] = world.newSince(before);
  if (file === undefined) return;
  notebook.tell("upload.answer", uploadShape(answer, await lab.ask("GET", `/files/${encodeURIComponent(file.id)}`)));
  notebook.tell("upload.default_visibility", file.visibility);
  const lagging =
    first.listed.length === 0 ? "list_lag" : first.newSince(before).length === 0 ? "detail_lag" : undefined;
  if (lagging !== undefined && answer.status !== 202)
    notebook.tell("consistency", lagging, `a new file was seen after ${lab.lag.ms} ms`);
  await notebook.attempt("upload tokens", () => tryToken(lab, notebook));
  await notebook.attempt("an upload to a taken path", () => tryTaken(lab, notebook, place));
}

async function firstUpload(lab: Lab, path: string): Promise<{ place: BucketPlace; name: string; answer: Answer }> {
  const inForm = await lab.upload(path, { form: true });
  if (failureOf(inForm) === undefined) return { place: { form: true }, name: "form_bucket", answer: inForm };
  const inQuery = await lab.upload(path, { query: true });
  if (failureOf(inQuery) === undefined) return { place: { query: true }, name: "query", answer: inQuery };
  const answer = await lab.upload(path, await tokenFor(lab, path));
  if (failureOf(answer) === undefined) return { place: { token: "" }, name: "token_only", answer };
  throw new Error(
    `uploads are refused: with the key (HTTP ${inForm.status}), the bucket in the query (HTTP ${inQuery.status}), a token (HTTP ${answer.status})`,
  );
}

async function tokenFor(lab: Lab, path: string): Promise<{ token: string }> {
  return { token: await lab.client.createUploadToken({ bucket: lab.bucket, path }) };
}

function uploadShape(answer: Answer, detail: Answer): string | undefined {
  if (answer.status === 201) return "201";
  if (answer.status === 202) return "202_processing";
  if (idIn(answer) === undefined) return "url_only";
  return sameEnvelope(answer, detail) ? "file" : "wrapped";
}

function sameEnvelope(one: Answer, other: Answer): boolean {
  const keys = ({ body }: Answer): string =>
    body.kind === "json" && typeof body.value === "object" && body.value !== null
      ? Object.keys(body.value).sort().join()
      : "";
  // Out of an envelope, or in none: then the keys are the file's own, and need not be the same.
  return (
    keys(one) === keys(other) ||
    keys(one) ===
      Object.keys(entityOf(one) ?? {})
        .sort()
        .join()
  );
}

async function tryToken(lab: Lab, notebook: Notebook): Promise<void> {
  const path = lab.path("token.txt");
  const before = await lab.look();
  const place = await tokenFor(lab, path);
  notebook.tell("upload.token_prefix", place.token.startsWith("token_") ? "token_" : "bare_jwt");
  const first = failureOf(await lab.upload(path, place));
  if (first !== undefined) {
    notebook.tell("upload.token", undefined, `an upload with a token failed: ${first}`);
    return;
  }
  await lab.settle(before, (now) => now.newSince(before).length > 0);
  const second = failureOf(await lab.upload(path, place));
  const used = second === "unauthorized" || second === "forbidden" || second === "invalid_request";
  notebook.tell("upload.token", used ? "one_shot" : "reusable");
}

async function tryTaken(lab: Lab, notebook: Notebook, place: BucketPlace): Promise<void> {
  const holder = await lab.make("taken.txt");
  const before = await lab.look();
  const send = async (): Promise<Answer> =>
    lab.upload(holder.path, "token" in place ? await tokenFor(lab, holder.path) : place);
  const found = await collide(lab, { path: holder.path, holder: holder.id, before, send });
  notebook.tell("upload.conflict", found === "overwrite" ? "overwrite_new_id" : found);
}
