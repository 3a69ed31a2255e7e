import type { Model } from "./model";

/**
 * How many requests no plan can do without: a PATCH for each file whose name or visibility changes, as nothing else
 * changes them; for each directory as many moves as the files that must come into it fill; and the deletes.
 */
export function lowerBound(model: Model): number {
  const arrivals = new Map<number, number>();
  let requests = model.deletes.length;
  for (const mover of model.movers) {
    if (mover.renames || mover.tightens || mover.loosens) requests++;
    if (mover.moves) arrivals.set(mover.toDirectory, (arrivals.get(mover.toDirectory) ?? 0) + 1);
  }
  for (const count of arrivals.values()) requests += Math.ceil(count / model.bulkSize);
  return requests;
}
