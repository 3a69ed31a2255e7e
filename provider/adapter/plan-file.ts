import { appendFileSync } from "node:fs";
import type { Entry } from "../resources";

/** The variable by which `npx pulumi-mediasaur preview` says where it reads the plan: one JSON value a line. */
export const PLAN_FILE = "MEDIASAUR_PLAN_FILE";

/** Hands one thing over to whoever draws the plan, if there is anyone. A file that can't be written fails no run. */
export function hand(entry: Entry): void {
  const file = process.env[PLAN_FILE];
  if (file === undefined || file === "") return;
  try {
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  } catch {
    // Whoever asked for it sees that it is missing.
  }
}
