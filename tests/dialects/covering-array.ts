/** A choice of one value for each factor. */
export type Row = Readonly<Record<string, string>>;

/**
 * Rows in which every two values of different factors meet at least once: a greedy covering array. Each row begins with a
 * pair that has not met yet and takes, factor by factor, the value that brings the most new pairs. The same for the same
 * factors.
 */
export function coveringArray(factors: Readonly<Record<string, readonly string[]>>): Row[] {
  const names = Object.keys(factors);
  const open = new Set(pairsOf(factors));
  const rows: Row[] = [];
  for (const seed of open) {
    const row: Record<string, string> = Object.fromEntries(JSON.parse(seed) as [string, string][]);
    for (const name of names.filter((each) => row[each] === undefined)) {
      const gain = (value: string): number =>
        Object.entries(row).filter(([other, otherValue]) => open.has(pairKey(names, name, value, other, otherValue)))
          .length;
      const best = (factors[name] ?? []).map((value) => ({ value, gain: gain(value) }));
      row[name] = best.reduce((one, other) => (other.gain > one.gain ? other : one)).value;
    }
    for (const pair of pairsIn(names, row)) open.delete(pair);
    rows.push(Object.fromEntries(names.map((name) => [name, row[name] ?? ""])));
  }
  return rows;
}

/** Every pair of values of different factors. */
export function pairsOf(factors: Readonly<Record<string, readonly string[]>>): string[] {
  const names = Object.keys(factors);
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        (factors[one] ?? []).flatMap((value) =>
          (factors[other] ?? []).map((otherValue) => pairKey(names, one, value, other, otherValue)),
        ),
      ),
  );
}

/** Every pair of values that meet in a row. */
export function pairsIn(names: readonly string[], row: Row): string[] {
  return names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => pairKey(names, one, row[one] ?? "", other, row[other] ?? "")),
  );
}

function pairKey(names: readonly string[], one: string, value: string, other: string, otherValue: string): string {
  const pair = [
    [one, value],
    [other, otherValue],
  ];
  return JSON.stringify(names.indexOf(one) < names.indexOf(other) ? pair : pair.reverse());
}
