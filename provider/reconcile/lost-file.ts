import type { FileInfo } from "../client";
import { joinPath, splitPath, TEMPORARY_PREFIX } from "../model/paths";
import { parkingDirectory, temporaryName } from "../model/temporary-paths";
import type { Finder } from "./references";

/** What state has of a file. */
export interface Held {
  readonly id: string;
  readonly path: string;
  readonly size?: number | undefined;
  readonly contentType?: string | undefined;
  readonly createdAt?: string | undefined;
}

/** A file that has another id than state knows. */
export interface Found {
  readonly file: FileInfo;
  /** Whether it lies where nothing but a run of ours puts a file. */
  readonly certain: boolean;
}

/**
 * A file whose id the service does not know any more, in a store that gives a file another id when it is moved, after a run that was
 * cut off before the new id was written down. It is looked for only where a run of ours leaves it: in the folder for files on their
 * way, or at the place that it was to come to, if it was made at the very moment at which state says that the file was.
 */
export async function lostFile(
  finder: Finder,
  held: Held,
  goal: string,
  isFree: (file: FileInfo) => boolean,
): Promise<Found | undefined> {
  const { name } = splitPath(held.path);
  const aside = temporaryName(held.id, splitPath(goal).name);
  const names = new Set([name, splitPath(goal).name, aside]);
  const found: Found[] = [];
  for (const file of await finder.left()) {
    const isParked =
      file.path.startsWith(`${TEMPORARY_PREFIX}/parked-`) || file.path === joinPath(parkingDirectory(held.id), name);
    if ((isParked || file.name === aside) && names.has(file.name)) found.push({ file, certain: true });
  }
  const arrived = goal === held.path ? undefined : await finder.at(goal);
  if (arrived !== undefined && isTwin(arrived, held)) found.push({ file: arrived, certain: false });
  const fitting = found.filter(({ file }) => isLike(file, held) && isFree(file));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isLike({ size, contentType }: FileInfo, held: Held): boolean {
  const agree = (one: unknown, other: unknown): boolean => one === undefined || other === undefined || one === other;
  return agree(size, held.size) && agree(contentType, held.contentType);
}

function isTwin({ size, createdAt }: FileInfo, held: Held): boolean {
  const isSame = (one: unknown, other: unknown): boolean => one !== undefined && one === other;
  return isSame(size, held.size) && (held.createdAt === undefined || isSame(createdAt, held.createdAt));
}
