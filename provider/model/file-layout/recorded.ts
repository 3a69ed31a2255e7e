import type { Source } from "../managed-file";
import type { FileDeclaration } from "./types";

/** What state keeps of a declaration beside the file itself. */
export interface Recorded {
  /** Whether the program sets the file's visibility. */
  readonly visibilityDeclared: boolean;
  readonly source?: Source;
}

/**
 * What state has to know of a declaration, as a text: state is written with a line for each value, so that an object would
 * take several times the room. `undefined` where there is nothing to know.
 */
export function record({ visibility, source }: FileDeclaration): string | undefined {
  const mark = visibility === undefined ? "" : "visibility";
  if (source === undefined) return mark === "" ? undefined : mark;
  return `${mark}${mark === "" ? "" : " "}${JSON.stringify(withoutContent(source))}`;
}

/** Reads what {@link record} wrote. */
export function readRecord(text: string | undefined): Recorded {
  if (text === undefined) return { visibilityDeclared: false };
  const brace = text.indexOf("{");
  const visibilityDeclared = text.startsWith("visibility");
  return brace < 0 ? { visibilityDeclared } : { visibilityDeclared, source: JSON.parse(text.slice(brace)) as Source };
}

/** An upload is known by its hash alone. */
function withoutContent(source: Source): Source {
  if (!("upload" in source)) return source;
  const { hash } = source.upload;
  return { upload: hash === undefined ? {} : { hash } };
}
