import { TEMPORARY_PREFIX } from "../paths";

/** The start of every path under a prefix: a folder with a slash at its end, or nothing for the whole bucket. */
export function folderOf(prefix: string | undefined): string {
  if (prefix === undefined || prefix === "") return "";
  return prefix.endsWith("/") ? prefix : `${prefix}/`;
}

/** Whether a path lies under a prefix. What lies in the temporary folder is under none: it is on its way. */
export function isUnder(prefix: string | undefined, path: string): boolean {
  return path.startsWith(folderOf(prefix)) && !isTemporary(path);
}

/** Whether a path lies in the folder for files on their way, or has a name that is only for the way. */
export function isTemporary(path: string): boolean {
  return path.startsWith(`${TEMPORARY_PREFIX}/`) || `/${path}`.includes(`/${TEMPORARY_PREFIX}-`);
}

/** The fewest folders that hold every path: `""` is the whole bucket. */
export function coveringFolders(directories: Iterable<string>): string[] {
  const folders: string[] = [];
  for (const directory of [...new Set(directories)].sort((a, b) => a.length - b.length)) {
    if (!folders.some((folder) => contains(folder, directory))) folders.push(directory);
  }
  return folders;
}

/** Whether a directory is a folder, or lies in it. */
export function contains(folder: string, directory: string): boolean {
  return folder === "" || directory === folder || directory.startsWith(`${folder}/`);
}
