import type { Answer as Received } from "../../../../provider/client/http/transport";
import { readBulk } from "../../../../provider/client/decode/bulk";
import { failureOf } from "./shapes";
import type { Lab } from "./lab";
import type { World } from "./world";

/** What happened where a file was to come to a path that another one held. */
export interface Collision {
  /** The path. */
  readonly path: string;
  /** The file that was there. */
  readonly holder: string;
  /** The file that was to come, where it was there before. */
  readonly comer?: string;
  readonly before: World;
  /** Sends the request. */
  readonly send: () => Promise<Received>;
}

/** What came of it, in the emulator's words; for an upload, told apart further. */
export async function collide(lab: Lab, collision: Collision): Promise<string | undefined> {
  const { path, holder, comer, before } = collision;
  const answer = await collision.send();
  const failure = failureOf(answer);
  if (failure !== undefined) return failure === "path_taken" ? "409" : undefined;
  if (readBulk(answer.body).failures.length > 0) return "409";
  const now = await lab.settle(before, (world) => !world.equals(before), holder, comer);
  // What is done later can also fail later, and nobody hears of it.
  if (now.equals(before)) return answer.status === 202 ? undefined : "skip_silently";
  const came = now.newSince(before).map(({ id }) => id);
  const arrived = comer !== undefined && now.file(comer) !== undefined ? comer : came[0];
  if (arrived === undefined)
    return now.file(holder)?.size === before.file(holder)?.size ? undefined : "overwrite_keep_id";
  if (now.file(arrived)?.path !== path)
    return now.file(arrived)?.path === before.file(arrived)?.path ? undefined : "auto_rename";
  const held = now.file(holder);
  if (held === undefined) return "overwrite";
  return now.at(path).includes(holder) ? "duplicate" : "version";
}
