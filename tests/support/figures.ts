import { appendFileSync } from "node:fs";

/** Whether everything is to be run (`npm run test:full`), and not only the fixed share that `npm test` has time for. */
export const FULL = process.env.FULL === "1";

/** How many of something to run: a fixed share of it, or all. */
export function share(some: number, all: number): number {
  return FULL ? all : some;
}

/**
 * Tells what a suite measured or counted. All such lines are printed together at the end of `npm test`.
 *
 * @param suite - what it belongs to, such as `"retries"`
 * @param text - one line, such as `"260 cells: 10 operations x 26 fault scripts"`
 */
export function figure(suite: string, text: string): void {
  const file = process.env.MEDIASAUR_FIGURES;
  const line = `${suite}: ${text}\n`;
  if (file === undefined) process.stderr.write(line);
  else appendFileSync(file, line);
}
