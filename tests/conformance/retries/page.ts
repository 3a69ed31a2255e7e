import { TABLE, type OperationName, type Row } from "./table";

const TITLES: Readonly<Record<OperationName, string>> = {
  listBuckets: "list buckets",
  getBucket: "read a bucket",
  listFiles: "list files",
  getFile: "read a file",
  createToken: "get an upload token",
  patchFile: "rename, change visibility",
  deleteFile: "delete",
  moveFiles: "move",
  copyFiles: "copy",
  upload: "upload",
};

const AFTER: Readonly<Record<Row["unknown"], string>> = {
  again: "sent again",
  look: "looked for; only what is not there yet is sent again",
  stop: "not sent again by itself: looked for first",
};

/** The retry table as users read it. */
export function tableForUsers(): string {
  const rows = (Object.keys(TABLE) as OperationName[]).map((name) => {
    const { unknown, unreadable, missing, compares } = TABLE[name];
    const after = AFTER[unknown] + (compares ? ", after 30 s or a conflict only if it did not take" : "");
    const body = unreadable === "again" ? "sent again" : "done, and read back";
    return [TITLES[name], after, body, missing === "done" ? "taken for gone" : "an error"];
  });
  return [["call", "answer lost, time-out, 408, 425, 5xx", "success that can't be read", "404"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
