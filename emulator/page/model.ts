/** A file, as the tree has it. */
export interface PageFile {
  readonly id: string;
  readonly bucket: string;
  readonly path: string;
  readonly size: number;
  readonly isPublic: boolean;
  /** A shown name that is not the end of its path. */
  readonly label: string | null;
  readonly updatedAt: number;
}

/** A file as the emulator sends it, in little room. */
export type BriefFile = readonly [string, string, string, number, 0 | 1, string | null, number];

/** A request, as the list has it. */
export interface PageRequest {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly status: number | null;
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly fault: string | null;
  readonly paths: readonly string[];
  readonly changed: number;
  readonly by: "page" | null;
}

/** A file before or after a change. */
export interface ChangedFile {
  readonly path: string;
  readonly visibility: "PUBLIC" | "PRIVATE";
  readonly size: number;
}

/** A request with all that the journal has of it. */
export interface WholeRequest extends PageRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly answer?: unknown;
  readonly dialect: Readonly<Record<string, string>>;
  readonly changes: readonly {
    readonly id: string;
    readonly bucket: string;
    readonly before: ChangedFile | null;
    readonly after: ChangedFile | null;
  }[];
}

/** What has become of a file since a mark. */
export interface Difference {
  readonly id: string;
  readonly bucket: string;
  readonly deeds: readonly string[];
  readonly before: ChangedFile | null;
  readonly after: ChangedFile | null;
}

/** A snapshot. */
export interface Mark {
  readonly name: string;
  readonly at_ms: number;
  readonly files: number;
}

/** All of a file. */
export interface FileDetails {
  readonly id: string;
  readonly bucket: string;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly mime_type: string;
  readonly visibility: "PUBLIC" | "PRIVATE";
  readonly sha256: string | null;
  readonly metadata: unknown;
  readonly created_at: string;
  readonly updated_at: string;
  readonly url: string;
  readonly signed_url: string;
}

/** A fault rule in force. */
export interface Rule {
  readonly op: string;
  readonly kind: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly match?: Readonly<Record<string, unknown>>;
  readonly times?: number;
  readonly probability?: number;
  readonly hits: number;
}

/** A kind of fault, as the emulator describes it. */
export interface Kind {
  readonly about: string;
  readonly phases: readonly string[];
  readonly operations: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

/** A switch of the dialect, as the emulator describes it. */
export interface Switch {
  readonly about: string;
  readonly values: readonly string[];
  readonly takes?: Readonly<Record<string, string>>;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What is before the last part, without a slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A path below a folder; `""` is the root. */
export function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Bytes as people say them. */
export function bytes(count: number): string {
  if (count < 1000) return `${String(count)} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = count / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[unit] ?? ""}`;
}

/** `1 file`, `12 files`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** The time of day. */
export function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString("en-GB");
}

/** The name that a file shows. */
export function shownName({ label, path }: PageFile): string {
  return label ?? nameOf(path);
}
