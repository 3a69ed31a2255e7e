import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableForUsers } from "./retries/page";

/** The lines of a table, without its rule and the spaces that align it. */
function linesOf(table: string): string[] {
  return table
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s|-]+$/.test(line))
    .map((line) => line.replace(/\s+/g, " "));
}

test("the page about failing calls has the table that the calls are held to", () => {
  const page = readFileSync(join(__dirname, "../../docs/retries.md"), "utf8");
  expect(linesOf(page)).toEqual(linesOf(tableForUsers()));
});
