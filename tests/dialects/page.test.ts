import { dialects } from "mediasaur-emulator";
import { figure } from "../support/figures";
import { presetCells, singleCells } from "./cells";
import { page, rows } from "./page";

test("the page has one row for each preset and for each value of each switch that is not the default", () => {
  const listed = rows().map(({ name }) => name);
  const wanted = [...singleCells(), ...presetCells()].map(({ name }) => name);
  expect(listed.filter((name) => !/^random |^pairwise /.test(name)).sort()).toEqual(wanted.sort());
});

test("at least nine values in ten reach the declared state", () => {
  const switches = Object.keys(dialects).length;
  const singles = rows().filter(({ name }) => name.includes("="));
  const reached = singles.filter(({ outcome }) => outcome === "reached").length;
  // With all its switches at their defaults, every store reaches it: so a default counts as reached.
  const share = (100 * (switches + reached)) / (switches + singles.length);
  figure(
    "dialects",
    `${String(switches + reached)} of ${String(switches + singles.length)} values of ${String(switches)} switches reach the declared state (${share.toFixed(1)} %)`,
  );
  expect(reached / singles.length).toBeGreaterThanOrEqual(0.9);
});

test("the totals are those of the rows", () => {
  const singles = rows().filter(({ name }) => name.includes("="));
  const reached = singles.filter(({ outcome }) => outcome === "reached").length;
  expect(page()).toContain(`${String(reached)} of the ${String(singles.length)} values below reach the declared state`);
});
