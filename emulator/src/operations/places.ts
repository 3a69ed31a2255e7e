import type { Dialect } from "../dialects";
import { conflict, invalidField } from "../failure";
import { baseName, directoryOf, isValidPath, joinPath, splitExtension } from "../paths";
import type { FileRow } from "../store/rows";
import type { Store } from "../store/store";

/** A place for a file: its path, and the files that have to go for it. */
export interface Place {
  readonly path: string;
  readonly displaced: readonly FileRow[];
}

type ConflictRule = Dialect["move.conflict"] | Dialect["upload.conflict"];

/** Settles what happens where a file is to be; undefined where the request is to be passed over in silence. */
export function settlePlace(
  store: Store,
  bucket: string,
  path: string,
  rule: ConflictRule,
  self?: FileRow,
): Place | undefined {
  const displaced = store.at(bucket, path).filter((file) => file.seq !== self?.seq);
  if (displaced.length === 0 || rule === "duplicate") return { path, displaced: [] };
  switch (rule) {
    case "overwrite":
    case "overwrite_keep_id":
    case "overwrite_new_id":
      return { path, displaced };
    case "auto_rename":
      return { path: freePath(store, bucket, path), displaced: [] };
    case "skip_silently":
      return undefined;
    case "409":
    case "version":
      throw conflict(bucket, path);
  }
}

/** A full path from a request, or a failure that names the field. */
export function requirePath(path: string, field: string): string {
  if (!isValidPath(path)) throw invalidField("body", field, `"${path}" is not a valid path`);
  return path;
}

/** A directory from a request, without a slash at its end; `""` is the root. */
export function requireDirectory(given: string, field: string, root: Dialect["move.root"]): string {
  if (given === "" || given === "/") {
    const accepted = root === "both" || (given === "" ? root === "empty" : root === "slash");
    if (!accepted) throw invalidField("body", field, `"${given}" is not a valid directory`);
    return "";
  }
  const directory = given.endsWith("/") ? given.slice(0, -1) : given;
  if (!isValidPath(directory)) throw invalidField("body", field, `"${given}" is not a valid directory`);
  return directory;
}

function freePath(store: Store, bucket: string, path: string): string {
  const [stem, extension] = splitExtension(baseName(path));
  for (let n = 1; ; n++) {
    const candidate = joinPath(directoryOf(path), `${stem} (${String(n)})${extension}`);
    if (store.at(bucket, candidate).length === 0) return candidate;
  }
}
