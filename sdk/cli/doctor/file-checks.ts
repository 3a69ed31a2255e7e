import { randomBytes, randomInt } from "node:crypto";
import { isMediasaurError, type FileInfo, type MediasaurClient } from "../../../provider/client";
import { found, type Finding } from "./check";

/** Files that stand for the others: one of each visibility, in a directory where there is such a one. */
export function samplesOf(files: readonly FileInfo[]): FileInfo[] {
  const samples = new Map<string, FileInfo>();
  for (const file of [...files].sort((a, b) => Number(b.directory !== "") - Number(a.directory !== ""))) {
    const kind = file.visibility ?? "unknown";
    if (!samples.has(kind)) samples.set(kind, file);
  }
  return [...samples.values()];
}

/** Whether the details of files agree with the listing, and say who may see them. */
export async function details(client: MediasaurClient, bucket: string, samples: readonly FileInfo[]): Promise<Finding> {
  const remarks = new Set<string>();
  for (const sample of samples) {
    const file = await client.getFile(sample.id, { bucket });
    if (file === undefined) return found("failed", `file ${sample.id} is listed, and not found by its id`);
    if (file.path.normalize("NFC") !== sample.path.normalize("NFC")) {
      return found(
        "failed",
        `file ${sample.id} is listed at ${JSON.stringify(sample.path)}, its details say ${JSON.stringify(file.path)}`,
      );
    }
    if (file.visibility === undefined) {
      return found(
        "failed",
        `the details of file ${sample.id} do not say who may see it: visibility can't be declared`,
      );
    }
    if (file.visibility === "PUBLIC" && file.url === undefined) remarks.add("a PUBLIC file has no url");
    if (file.visibility === "PRIVATE") {
      remarks.add(file.url === undefined ? "a PRIVATE file has no url" : "a PRIVATE file has a url, for getFile only");
    }
    if (file.size === undefined) remarks.add("no size");
  }
  return found("ok", ["id, path and visibility as listed", ...remarks].join("; "));
}

/** Whether a file is found by its exact path. */
export async function lookup(client: MediasaurClient, bucket: string, sample: FileInfo): Promise<Finding> {
  const file = await client.findFile({ bucket, path: sample.path });
  if (file?.id === sample.id) return found("ok", "a file is found by its exact path");
  const what = file === undefined ? "no file" : `file ${file.id}`;
  return found(
    "failed",
    `file ${sample.id} is listed at ${JSON.stringify(sample.path)}; asked by path, ${what} is there`,
  );
}

/** Whether a path that is free can be told to be free. */
export async function freePath(
  client: MediasaurClient,
  bucket: string,
  sample: FileInfo | undefined,
): Promise<Finding> {
  const name = `no-such-${randomBytes(6).toString("hex")}.txt`;
  const path = sample === undefined || sample.directory === "" ? name : `${sample.directory}/${name}`;
  const file = await client.findFile({ bucket, path, ...(sample === undefined ? {} : { control: sample.path }) });
  return file === undefined
    ? found("ok", "a free path is told to be free")
    : found("failed", `at ${JSON.stringify(path)}, where nothing can be, file ${file.id} is found`);
}

/** How a file that is not there is answered: only a 404 may be taken for a deleted file. */
export async function missingFile(client: MediasaurClient, sample: FileInfo | undefined): Promise<Finding> {
  const id = otherId(sample?.id ?? "f_0000000000000000");
  try {
    const file = await client.getFile(id);
    return file === undefined
      ? found("ok", "404: a deleted file is noticed")
      : found("skipped", "an id that was made up turned out to be a file's");
  } catch (error) {
    if (!isMediasaurError(error) || (error.code !== "forbidden" && error.code !== "invalid_request")) throw error;
    return found(
      "warning",
      `HTTP ${error.status ?? "?"} and no 404 for an id that was made up: if deleted files are answered so, ` +
        `refresh fails on them in place of noticing`,
    );
  }
}

/** Another id of the same make: letters and digits are exchanged for others. */
function otherId(id: string): string {
  const pick = (from: string): string => from.charAt(randomInt(from.length));
  const start = Math.max(0, id.length - 12);
  const end = id.slice(start).replace(/[0-9]/g, () => pick("0123456789"));
  return id.slice(0, start) + end.replace(/[a-f]/g, () => pick("abcdef"));
}
