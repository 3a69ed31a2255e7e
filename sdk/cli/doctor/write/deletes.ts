import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Notebook } from "./notebook";
import { readErrorBody } from "../../../../provider/client/decode/error-body";
import type { Answer } from "../../../../provider/client/http/transport";
import type { Lab } from "./lab";
import { deletionShape, failureOf, isGone } from "./shapes";

const MISSING: Record<string, string> = { not_found: "404", forbidden: "403", invalid_request: "400" };

/** The body's own status counts, else that of HTTP, else what the failure says. */
function missingStatus(answer: Answer): string | undefined {
  const code = failureOf(answer);
  if (code === undefined) return undefined;
  const status = String(readErrorBody(answer.body).status ?? answer.status);
  return Object.values(MISSING).includes(status) ? status : MISSING[code];
}

/** Finds out what a deletion does, and how what is not there is answered. */
export async function tryDeletes(lab: Lab, notebook: Notebook): Promise<void> {
  const file = await lab.make("delete.txt");
  const path = `/files/${encodeURIComponent(file.id)}`;
  const answer = await lab.ask("DELETE", path);
  const failure = failureOf(answer);
  if (failure !== undefined) {
    notebook.tell("delete.answer", undefined, `refused: ${failure}`);
    return;
  }
  notebook.tell("delete.answer", deletionShape(answer));
  notebook.tell("delete.kind", await kindOf(lab, path));
  const again = await lab.ask("DELETE", path);
  notebook.tell("delete.repeat", failureOf(again) === undefined ? "200" : "404", `HTTP ${again.status}`);
  const other = await lab.ask("GET", `/files/${encodeURIComponent(otherThan(file.id))}`);
  notebook.tell("error.missing", missingStatus(other), `HTTP ${other.status}`);
}

async function kindOf(lab: Lab, path: string): Promise<string | undefined> {
  for (let look = 0; look < 8; look++) {
    const answer = await lab.ask("GET", path);
    if (failureOf(answer) !== undefined) return look <= lab.lag.looks ? "hard" : "lag";
    if (isGone(answer)) return "soft_gone_marker";
    await sleep(50 * 2 ** look);
  }
  return undefined;
}

function otherThan(id: string): string {
  return /^\d+$/.test(id) ? "999999999" : id.slice(0, -12) + randomBytes(6).toString("hex");
}
