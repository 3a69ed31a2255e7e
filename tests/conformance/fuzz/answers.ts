import { presets } from "../../../emulator/src/dialect/presets";
import type { TestEmulator } from "../../support/emulator";
import type { OperationName } from "../retries/table";
import type { Answer } from "./mutations";

const HEADERS = ["content-type", "x-total-count", "x-request-id", "retry-after"];

/** What the service answers to each operation, well and ill, in every preset of the emulator. */
export async function realAnswers(emulator: TestEmulator): Promise<Map<OperationName, Answer[]>> {
  const found = new Map<OperationName, Answer[]>();
  const { baseUrl, apiKey } = emulator.handle;
  const ask = async (name: OperationName, method: string, path: string, body?: unknown): Promise<void> => {
    const form = body instanceof FormData;
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined || form ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const headers = Object.fromEntries([...response.headers].filter(([key]) => HEADERS.includes(key)));
    const answer = { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
    found.set(name, [...(found.get(name) ?? []), answer]);
  };
  for (const preset of Object.keys(presets)) {
    await emulator.seed(
      { "a/1.txt": { id: "f_1" }, "a/b/2.txt": { id: "f_2", visibility: "PRIVATE" }, "3.txt": { id: "f_3" } },
      { other: { files: [] } },
    );
    await emulator.dialect({ preset });
    await ask("listBuckets", "GET", "/buckets");
    await ask("getBucket", "GET", "/buckets/media");
    await ask("getBucket", "GET", "/buckets/none");
    await ask("listFiles", "GET", "/files?bucket=media&limit=100&offset=0");
    await ask("listFiles", "GET", "/files?bucket=none&limit=100&offset=0");
    await ask("getFile", "GET", "/files/f_1");
    await ask("getFile", "GET", "/files/f_2");
    await ask("getFile", "GET", "/files/none");
    await ask("patchFile", "PATCH", "/files/f_1", { visibility: "PRIVATE" });
    await ask("patchFile", "PATCH", "/files/f_1", { name: "" });
    await ask("copyFiles", "POST", "/files/copy", {
      source_bucket: "media",
      target_bucket: "other",
      target_path: "c",
      file_ids: ["f_1"],
    });
    await ask("moveFiles", "POST", "/files/move", { bucket: "media", file_ids: ["f_3", "none"], target_path: "m" });
    await ask("moveFiles", "POST", "/files/move", { bucket: "media", file_ids: ["f_1"], target_path: "m" });
    await ask("deleteFile", "DELETE", "/files/f_2");
    await ask("createToken", "POST", "/token", { bucket: "media", path: "up.txt" });
    const form = new FormData();
    form.append("bucket", "media");
    form.append("path", "up.txt");
    form.append("file", new Blob(["x"]), "up.txt");
    await ask("upload", "POST", "/", form);
  }
  return found;
}
