import { dialects } from "mediasaur-emulator";
import { figure } from "../support/figures";
import { presetCells, singleCells } from "./cells";
import { page, rows, SUBJECT_NAMES, type SubjectName } from "./page";

test("the page has one row for each preset and for each value of each switch that is not the default", () => {
  const listed = rows().map(({ name }) => name);
  const wanted = [...singleCells(), ...presetCells()].map(({ name }) => name);
  expect(listed.filter((name) => !/^random |^pairwise /.test(name)).sort()).toEqual(wanted.sort());
});

test.each(SUBJECT_NAMES)("at least nine values in ten reach the declared state: %s", (subject) => {
  const switches = Object.keys(dialects).length;
  const { reached, of } = totals(subject);
  // With all its switches at their defaults, every store reaches it: so a default counts as reached.
  const share = (100 * (switches + reached)) / (switches + of);
  figure(
    "dialects",
    `${subject}: ${String(switches + reached)} of ${String(switches + of)} values of ${String(switches)} switches reach the declared state (${share.toFixed(1)} %)`,
  );
  expect(reached / of).toBeGreaterThanOrEqual(0.9);
});

test.each(SUBJECT_NAMES)("the totals are those of the rows: %s", (subject) => {
  const { reached, of } = totals(subject);
  const percent = ((100 * reached) / of).toFixed(1);
  expect(page()).toContain(`${subject}: ${String(reached)} of the ${String(of)} values (${percent} %)`);
});

function totals(subject: SubjectName): { reached: number; of: number } {
  const singles = rows().filter(({ name }) => name.includes("="));
  return { reached: singles.filter(({ outcomes }) => outcomes[subject] === "reached").length, of: singles.length };
}
