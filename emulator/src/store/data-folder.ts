import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { UsageError } from "../usage-error";

const MARKER = ".mediasaur-emulator";
const ABOUT = "mediasaur-emulator keeps its data in this folder, and deletes here what it no longer needs.\n";

/**
 * Makes sure that a folder may be written to and cleaned up: it is new, or empty, or was made by an emulator, which leaves a marker of its
 * own in it. Everything else is somebody's, whatever it holds.
 *
 * @throws UsageError for a folder that is somebody's, and for one in which something was put in the place of what an emulator made.
 */
export function claimDataFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) mkdirSync(folder, { recursive: true });
  else if (!found.isDirectory()) throw new UsageError(`data folder "${folder}" is not a folder`);
  const names = readdirSync(folder);
  if (isOwn(folder, names)) {
    for (const name of ["blobs", "arriving"]) requireKind(folder, name, "a folder");
    for (const name of names) if (name.startsWith("rows.db")) requireKind(folder, name, "a file");
    return;
  }
  if (names.some((name) => name !== MARKER)) {
    throw new UsageError(
      `data folder "${folder}" is not empty and was not made by this emulator; name an empty folder, or one that does not exist yet`,
    );
  }
  // On disk before anything else is, so that what else there is can be told to be ours.
  const descriptor = openSync(join(folder, MARKER), "w");
  writeSync(descriptor, ABOUT);
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function isOwn(folder: string, names: readonly string[]): boolean {
  if (!names.includes(MARKER)) return false;
  requireKind(folder, MARKER, "a file");
  const text = readFileSync(join(folder, MARKER), "utf8");
  if (text === ABOUT) return true;
  // A start that was cut off in the middle of its first line has left nothing else.
  if (names.length === 1 && ABOUT.startsWith(text)) return false;
  throw new UsageError(`data folder "${folder}": "${MARKER}" in it is not this emulator's; name an empty folder`);
}

/** What is reached through a link is elsewhere, and somebody else's. */
function requireKind(folder: string, name: string, kind: "a file" | "a folder"): void {
  const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (found === undefined || (kind === "a file" ? found.isFile() : found.isDirectory())) return;
  throw new UsageError(`data folder "${folder}": "${name}" in it is not ${kind}; this emulator made it as one`);
}
