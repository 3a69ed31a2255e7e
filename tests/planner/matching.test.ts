import fc from "fast-check";
import { maximumMatching } from "../../provider/planner/matching";

/** The size of a largest matching, by trying everything. */
function largest(edges: readonly (readonly number[])[], taken = new Set<number>(), from = 0): number {
  const own = edges[from];
  if (own === undefined) return 0;
  let best = largest(edges, taken, from + 1);
  for (const right of own) {
    if (!taken.has(right)) best = Math.max(best, 1 + largest(edges, new Set([...taken, right]), from + 1));
  }
  return best;
}

test("a matching pairs along edges, nothing twice, and as much as can be", () => {
  const graphs = fc.array(fc.uniqueArray(fc.nat({ max: 5 })), { maxLength: 6 });
  fc.assert(
    fc.property(graphs, (edges) => {
      const partners = maximumMatching(edges, 6);
      const pairs = partners.flatMap((right, left) => (right < 0 ? [] : [[left, right] as const]));
      for (const [left, right] of pairs) expect(edges[left]).toContain(right);
      expect(new Set(pairs.map(([, right]) => right)).size).toBe(pairs.length);
      expect(pairs).toHaveLength(largest(edges));
    }),
    { numRuns: 2_000 },
  );
});

test("a long alternating path is found without running out of stack", () => {
  const count = 50_000;
  const edges = Array.from({ length: count }, (_, left) => (left === count - 1 ? [0] : [left, left + 1]));
  expect(maximumMatching(edges, count).every((right) => right >= 0)).toBe(true);
});
