const LONGEST_NAME = 40;

/** Letters that decomposing leaves as they are. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** What no variable of a strict CommonJS or ES module may be called, and what the program itself uses. */
const TAKEN = (
  "arguments await break bucket case catch class const continue debugger default delete do else enum eval export exports " +
  "extends false finally for function globalThis if implements import in instanceof interface let mediasaur module new null " +
  "package private protected public pulumi require return static super switch this throw true try typeof undefined var void " +
  "while with yield"
).split(" ");

/**
 * A name for each path, good for a variable and for a resource: camelCase, unique, told from the path.
 * The same paths in the same order get the same names.
 */
export function namesFor(paths: readonly string[]): string[] {
  const taken = new Set<string>(TAKEN);
  return paths.map((path) => {
    const wanted = camelCase(path);
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${/\d$/.test(wanted) ? "No" : ""}${count}`;
    taken.add(name);
    return name;
  });
}

function camelCase(path: string): string {
  const words = wordsOf(path);
  // The end of a path tells more than its beginning.
  let length = words.join("").length;
  while (words.length > 1 && length > LONGEST_NAME) length -= words.shift()?.length ?? 0;
  const [first = "", ...rest] = words;
  const name = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
  const short = name.slice(0, LONGEST_NAME);
  return /^[a-z]/.test(short) ? short : `file${short}`;
}

function wordsOf(path: string): string[] {
  const plain = path
    .replace(/[ßæÆœŒøØłŁđĐðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  return (plain.match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.toLowerCase());
}
