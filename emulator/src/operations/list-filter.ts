import type { Dialect } from "../dialect/dialects";
import { invalidField } from "../failure";
import type { Condition } from "../store/rows";
import { everything } from "../store/store";

/** Which files a `path` filter lets through. */
export function listFilter(given: string | undefined, dialect: Dialect): Condition {
  if (given === undefined || given === "") return everything;
  const filter = filters[dialect["list.filter"]];
  if (dialect["path.case"] === "sensitive") return filter(given);
  // The database knows the case of ASCII only; a store that lowers every path has lowered the rest, too.
  const lowered = given.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const { sql, values } = filter(dialect["path.case"] === "lowercased" ? given.toLowerCase() : lowered);
  return { sql: sql.replaceAll("path", "lower(path)"), values };
}

const nothing: Condition = { sql: "0", values: [] };

// No path has a greater character than U+10FFFF, so the range is the prefix, and the index serves it.
const prefix = (text: string): Condition => ({
  sql: "path >= ? AND path < ?",
  values: [text, `${text}\u{10ffff}`],
});

const withoutSlash = (text: string): string => text.replace(/\/$/, "");

const inDirectory = (text: string): Condition => {
  const directory = withoutSlash(text);
  const { sql, values } = prefix(`${directory}/`);
  return { sql: `(path = ? OR (${sql}))`, values: [directory, ...values] };
};

const filters: Readonly<Record<Dialect["list.filter"], (text: string) => Condition>> = {
  string_prefix: prefix,
  dir_recursive: inDirectory,
  dir_one_level: (text) => {
    const within = `${withoutSlash(text)}/`;
    const { sql, values } = prefix(within);
    return { sql: `${sql} AND instr(substr(path, length(?) + 1), '/') = 0`, values: [...values, within] };
  },
  needs_trailing_slash: (text) => (text.endsWith("/") ? prefix(text) : nothing),
  rejects_trailing_slash: (text) => {
    if (text.endsWith("/")) throw invalidField("query", "path", "path must not end with a slash");
    return inDirectory(text);
  },
  ilike: (text) => ({ sql: "path LIKE ? || '%'", values: [text] }),
};
