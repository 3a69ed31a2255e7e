import { visibilityOf, type FileFacts } from "./file-facts";
import { known, knownObject, knownText, UNKNOWN } from "./known";
import { ruledBy } from "./layout-rules";

/** What a program declares (`inputs`: before the update), or what came of it (`outputs`: after it). */
export type Side = "inputs" | "outputs";

/** The types of our resources, as policies see them. */
export const MANAGED_FILE = "pulumi-nodejs:dynamic/mediasaur:ManagedFile";
/** The same of a FileLayout. */
export const FILE_LAYOUT = "pulumi-nodejs:dynamic/mediasaur:FileLayout";

/** The same of what reports the undeclared files of a FileLayout. */
const UNDECLARED_FILES_REPORT = "pulumi-nodejs:dynamic/mediasaur:UndeclaredFilesReport";

/** The name under which a FileLayout's `files` reach the engine; `files` itself is its output. */
export const DECLARED_FILES = "declared";

/** The files of a resource, as far as they are known. None for a resource that is not ours. */
export function readFiles(type: string, props: object, side: Side): FileFacts[] {
  if (type === MANAGED_FILE) return managedFile(props, side);
  if (type === UNDECLARED_FILES_REPORT) return side === "outputs" ? undeclaredFiles(props) : [];
  if (type !== FILE_LAYOUT) return [];
  return side === "inputs" ? declaredFiles(props) : foundFiles(props);
}

function managedFile(props: object, side: Side): FileFacts[] {
  const path = knownText(props, "path");
  if (path === undefined) return [];
  const value = known(props, "visibility");
  const from = side === "inputs" && isGiven(value) ? "declared" : "found";
  const visibility = visibilityOf(value);
  return [{ bucket: knownText(props, "bucket"), path, visibility, from, ...deletion(props, props, side) }];
}

function declaredFiles(props: object): FileFacts[] {
  const bucket = knownText(props, "bucket");
  const ruled = ruledBy(known(props, "rules"));
  return entries(props, DECLARED_FILES, (key, path, file) => {
    const own = known(file, "visibility");
    const visibility = isGiven(own) ? visibilityOf(own) : ruled(path);
    const from = isGiven(own) ? "declared" : "ruled";
    return { bucket, path, key, visibility, from, ...deletion(props, file, "inputs") };
  });
}

function foundFiles(props: object): FileFacts[] {
  return entries(props, "files", (key, path, file) => ({
    ...found(props, path, file),
    key,
    ...deletion(props, file, "outputs"),
  }));
}

/** Undeclared files under the prefix of a layout that reports them. */
function undeclaredFiles(props: object): FileFacts[] {
  return entries(props, "unmanagedFiles", (_index, path, file) => ({ ...found(props, path, file), ...KEPT }));
}

function found(
  props: object,
  path: string,
  file: object,
): Pick<FileFacts, "bucket" | "path" | "visibility"> & { readonly from: "found" } {
  return {
    bucket: knownText(props, "bucket"),
    path,
    visibility: visibilityOf(known(file, "visibility")),
    from: "found",
  };
}

const KEPT = { deleted: false, deletedBy: "default" } as const;

/** What is made of each file of an object or array whose path is known. */
function entries(
  props: object,
  property: string,
  make: (key: string, path: string, file: object) => FileFacts,
): FileFacts[] {
  const files = knownObject(props, property) ?? {};
  return Object.keys(files).flatMap((key) => {
    const file = knownObject(files, key);
    const path = file === undefined ? undefined : knownText(file, "path");
    return file === undefined || path === undefined ? [] : [make(key, path, file)];
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The deletion policy in force: the declared one, else that what the program made goes with its declaration. */
function deletion(resource: object, file: object, side: Side): Pick<FileFacts, "deleted" | "deletedBy"> {
  const policy = known(resource, "deletionPolicy");
  if (isGiven(policy)) {
    return { deleted: policy === UNKNOWN ? undefined : policy === "DELETE", deletedBy: "declared" };
  }
  return { deleted: side === "inputs" ? madeBySource(file) : madeByOrigin(file), deletedBy: "default" };
}

function madeBySource(file: object): boolean | undefined {
  const source = knownObject(file, "source");
  if (source === undefined) return undefined;
  if ("copy" in source || "upload" in source) return true;
  return "adopt" in source ? false : undefined;
}

function madeByOrigin(file: object): boolean | undefined {
  const origin = knownText(file, "origin");
  return origin === undefined ? undefined : origin !== "adopted";
}
