import type { Dialect } from "../dialect/dialects";
import { ApiFailure, conflict, invalidField } from "../failure";
import { baseName, directoryOf, isValidName, isValidPath, joinPath, splitExtension } from "../paths";
import type { FileRow } from "../store/rows";
import type { Store } from "../store/store";
import { spelled } from "./spelling";

/** A place for a file: its path, the files that have to go for it, and those that become older versions of it. */
export interface Place {
  readonly path: string;
  readonly displaced: readonly FileRow[];
  readonly older: readonly FileRow[];
}

/** The switch that says what happens where a path is taken. */
export type ConflictSwitch = "upload.conflict" | "move.conflict" | "copy.conflict";

/** Settles what happens where a file is to be; undefined where the request is to be passed over in silence. */
export function settlePlace(
  store: Store,
  bucket: string,
  path: string,
  dialect: Dialect,
  conflictSwitch: ConflictSwitch,
  self?: FileRow,
): Place | undefined {
  const rule = dialect[conflictSwitch];
  const held = filesAt(store, bucket, path, dialect).filter((file) => file.seq !== self?.seq);
  if (held.length === 0 || rule === "duplicate") return { path, displaced: [], older: [] };
  switch (rule) {
    case "overwrite":
    case "overwrite_keep_id":
    case "overwrite_new_id":
      return { path, displaced: held, older: [] };
    case "auto_rename":
      return { path: freePath(store, bucket, path, dialect), displaced: [], older: [] };
    case "version":
      // In a store that ignores case a version has the spelling of those before, as they share one path.
      return { path: held[0]?.path ?? path, displaced: [], older: [...held, ...hiddenAt(store, held)] };
    case "skip_silently":
      return undefined;
    case "409":
      throw conflict(bucket, path);
  }
}

/** The versions that files at a place hide already: a newer one hides them, too, should those be deleted. */
function hiddenAt(store: Store, held: readonly FileRow[]): readonly FileRow[] {
  const [{ bucket, path } = { bucket: "", path: "" }] = held;
  return store.hiddenVersions(bucket).filter((file) => file.path === path);
}

/** Notes which files a file that has come to a place is a newer version of. */
export function hideOlder(store: Store, place: Place, newer: FileRow): void {
  store.records.hide(place.older.map(({ seq }) => ({ seq, newer: newer.seq })));
}

/** The files that a path means. */
export function filesAt(store: Store, bucket: string, path: string, dialect: Dialect): readonly FileRow[] {
  return store.at(bucket, path, dialect["path.case"] !== "sensitive");
}

/** A full path from a request, as the store spells it, or a failure that names the field. */
export function requirePath(given: string, field: string, dialect: Dialect): string {
  const path = spelled(given, dialect);
  if (!isValidPath(given) || !isValidPath(path)) throw invalidField("body", field, `"${given}" is not a valid path`);
  return path;
}

/** A directory from a request, as the store spells it, without a slash at its end; `""` is the root. */
export function requireDirectory(given: string, field: string, dialect: Dialect): string {
  const refusal = invalidField("body", field, `"${given}" is not a valid directory`);
  if (given === "" || given === "/") {
    const root = dialect["move.root"];
    const accepted = root === "both" || (given === "" ? root === "empty" : root === "slash");
    if (!accepted) throw refusal;
    return "";
  }
  const directory = given.endsWith("/") ? given.slice(0, -1) : given;
  const path = spelled(directory, dialect);
  if (!isValidPath(directory) || !isValidPath(path)) throw refusal;
  return path;
}

/** Where a file is in another directory. One without a name of its own, a folder's marker, can't be at the root. */
export function placeIn(directory: string, file: FileRow): string {
  const path = joinPath(directory, baseName(file.path));
  if (path === "")
    throw new ApiFailure(422, "validation_error", `File "${file.id}" has no name that it could have at the root`);
  return path;
}

/** A file's name from a request, as the store spells it. */
export function requireName(given: string, dialect: Dialect): string {
  const name = spelled(given, dialect);
  if (!isValidName(given) || !isValidName(name)) throw invalidField("body", "name", `"${given}" is not a valid name`);
  return name;
}

function freePath(store: Store, bucket: string, path: string, dialect: Dialect): string {
  const [stem, extension] = splitExtension(baseName(path));
  for (let n = 1; ; n++) {
    const candidate = joinPath(directoryOf(path), `${stem} (${String(n)})${extension}`);
    if (filesAt(store, bucket, candidate, dialect).length === 0) return candidate;
  }
}
