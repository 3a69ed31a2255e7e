import { createHash } from "node:crypto";
import { splitPath, TEMPORARY_PREFIX } from "./paths";

// Files on their way lie in folders whose names follow from what they are on their way to. So whoever comes after an
// interruption knows where to look, and finds nothing there but what an earlier run left.

/** Where a file is made (copied or uploaded) before it takes its place. `version` tells different contents apart. */
export function stagingDirectory(bucket: string, path: string, version: string): string {
  return folder("new", bucket, path, version);
}

/** Where a file waits for its own update while another takes its place. */
export function parkingDirectory(fileId: string): string {
  return folder("parked", fileId);
}

/**
 * Where a file waits that a declaration takes over by its path, and whose id no state has yet: whoever looks for the file that was at
 * that path finds it here.
 */
export function parkedFromDirectory(bucket: string, path: string): string {
  return folder("parked-from", bucket, path);
}

/**
 * Where files lie that are adopted by their paths while they change directory and name, before state has their ids.
 * Nothing but files on their way from the one directory to the other is ever there, so that they are found again.
 */
export function adoptingDirectory(bucket: string, from: string, to: string, name: string): string {
  return folder("from", bucket, from, to, name);
}

/** Where a file that was replaced waits to be deleted until the one that replaced it is safe. */
export function replacedDirectory(bucket: string, path: string, fileId: string): string {
  return folder("old", bucket, path, fileId);
}

/** The name of a file on its way from one path to another, when it changes directory and name by itself. */
export function passageName(bucket: string, from: string, to: string): string {
  const { name } = splitPath(to);
  return `${TEMPORARY_PREFIX}-${digest(bucket, from, to)}-${ending(name)}`;
}

/** A name that no other file has, the same for the same file at every try. */
export function temporaryName(fileId: string, name: string): string {
  return `${TEMPORARY_PREFIX}-${digest(fileId)}-${ending(name)}`;
}

/**
 * The end of a name, extension included, short enough in bytes for what is put before it, and so plain that any store takes it
 * as it is.
 */
function ending(name: string): string {
  const end = Array.from(name).slice(-50).join("");
  const dot = Math.max(end.lastIndexOf("."), 0);
  return (
    end
      .slice(0, dot)
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, "-") + end.slice(dot).replace(/[^A-Za-z0-9._-]+/g, "-")
  );
}

function folder(kind: string, ...what: string[]): string {
  return `${TEMPORARY_PREFIX}/${kind}-${digest(...what)}`;
}

function digest(...what: string[]): string {
  return createHash("sha256").update(what.join("\0")).digest("hex").slice(0, 20);
}
