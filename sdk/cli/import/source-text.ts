/** What formatters take for the width of a line unless they are told otherwise. */
export const LINE_WIDTH = 80;

/** Characters that can't be seen, or that change how those around them are shown. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
/** A text as it may stand in a comment of one line. */
export function commentText(text: string): string {
  return text.replace(HIDDEN, escaped);
}

/** A string literal, with the quotes that need fewer escapes. */
export function literal(text: string): string {
  const quote = text.split('"').length > text.split("'").length ? "'" : '"';
  const inner = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replace(HIDDEN, escaped);
  return quote + inner + quote;
}

/** Like {@link literal}, in characters that every program takes for one column wide. */
export function narrowLiteral(text: string): string {
  return literal(text).replace(/[^\u0000-\u007f]/gu, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
