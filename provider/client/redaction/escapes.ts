/** A text with its escapes undone, and for each of its characters where in the original that began and ended. */
export interface Plain {
  readonly text: string;
  readonly start: readonly number[];
  readonly end: readonly number[];
}

const NAMED: Record<string, string> = {
  excl: "!",
  quot: '"',
  num: "#",
  dollar: "$",
  percnt: "%",
  amp: "&",
  apos: "'",
  lpar: "(",
  rpar: ")",
  ast: "*",
  midast: "*",
  plus: "+",
  comma: ",",
  hyphen: "-",
  dash: "-",
  period: ".",
  sol: "/",
  colon: ":",
  semi: ";",
  lt: "<",
  equals: "=",
  gt: ">",
  quest: "?",
  commat: "@",
  lsqb: "[",
  lbrack: "[",
  bsol: "\\",
  rsqb: "]",
  rbrack: "]",
  hat: "^",
  lowbar: "_",
  underbar: "_",
  grave: "`",
  lcub: "{",
  lbrace: "{",
  verbar: "|",
  vert: "|",
  rcub: "}",
  rbrace: "}",
  tilde: "~",
};
const ESCAPE =
  /%u([0-9a-f]{4})|%([0-9a-f]{2})|\\u\{?([0-9a-f]{2,6})\}?|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,8});?|&#(\d{1,8});?|&([a-z]{2,9});|\\(["'/\\])/gi;

/** A text as it is. */
export function plain(text: string): Plain {
  const start: number[] = [];
  const end: number[] = [];
  for (let at = 0; at < text.length; at++) {
    start.push(at);
    end.push(at + 1);
  }
  return { text, start, end };
}

/** Undoes one layer of percent-encoding, `\u` and `\x` escapes and HTML entities; `undefined` where there is none. */
export function undoEscapes(from: Plain): Plain | undefined {
  const start: number[] = [];
  const end: number[] = [];
  let text = "";
  let last = 0;
  const copy = (to: number): void => {
    for (let at = last; at < to; at++) {
      start.push(from.start[at] ?? 0);
      end.push(from.end[at] ?? 0);
    }
    text += from.text.slice(last, to);
  };
  for (const match of from.text.matchAll(ESCAPE)) {
    const said = meaning(match);
    if (said === undefined) continue;
    copy(match.index);
    last = match.index + match[0].length;
    text += said;
    start.push(from.start[match.index] ?? 0);
    end.push(from.end[last - 1] ?? 0);
  }
  if (last === 0) return undefined;
  copy(from.text.length);
  return { text, start, end };
}

function meaning([, percentU, percent, unicode, hex, entityHex, entity, name, escaped]: RegExpMatchArray):
  string | undefined {
  const digits = percentU ?? percent ?? unicode ?? hex ?? entityHex;
  const code = digits !== undefined ? parseInt(digits, 16) : entity !== undefined ? Number(entity) : undefined;
  if (code !== undefined) return code <= 0xffff ? String.fromCharCode(code) : undefined;
  return escaped ?? (name === undefined ? undefined : NAMED[name.toLowerCase()]);
}
