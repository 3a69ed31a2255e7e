import { pairwiseCells } from "./cells";
import { coveringArray, pairsIn, pairsOf } from "./covering-array";

test("every two values of different factors meet in some row", () => {
  const factors = { a: ["1", "2", "3"], b: ["x", "y"], c: ["p", "q", "r", "s"], d: ["k", "l"] };
  const rows = coveringArray(factors);
  const met = new Set(rows.flatMap((row) => pairsIn(Object.keys(factors), row)));
  expect([...met].sort()).toEqual(pairsOf(factors).sort());
  // 12 is what the two largest factors need by themselves.
  expect(rows.length).toBeGreaterThanOrEqual(12);
  expect(rows.length).toBeLessThanOrEqual(16);
});

test("the switches that interact need far fewer cells than they have combinations", () => {
  const cells = pairwiseCells();
  expect(cells.length).toBeGreaterThanOrEqual(48);
  expect(cells.length).toBeLessThan(90);
  expect(pairwiseCells()).toEqual(cells);
});
