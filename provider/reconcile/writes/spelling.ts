import { splitPath } from "../../model/paths";

// What a store may make of a name that it is given.

/** Whether two paths are one name in two spellings: of another case or Unicode form, or with blanks or percent signs rewritten. */
export function isRespelled(wanted: string, found: string): boolean {
  return wanted !== found && plain(wanted) === plain(found);
}

function plain(path: string): string {
  return decoded(path).normalize("NFC").toLowerCase().replace(/[\s+]/gu, "_");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%25/g, "%");
  }
}

/** The extension of a name, with its dot; `""` where it has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot) : "";
}

/** Whether a path is the wanted one with an extension more, as a store gives it that leaves extensions out of renames. */
export function hasOneMore(wanted: string, found: string): boolean {
  return found === `${wanted}${extensionOf(splitPath(found).name)}` && found !== wanted;
}
