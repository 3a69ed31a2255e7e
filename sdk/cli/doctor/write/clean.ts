import { setTimeout as sleep } from "node:timers/promises";
import { isMediasaurError, type FileInfo, type MediasaurClient } from "../../../../provider/client";

const ROUNDS = 6;

/** What is to be taken away. */
export interface Litter {
  readonly client: MediasaurClient;
  readonly bucket: string;
  readonly folder: string;
  /** Ids of everything that was made. */
  readonly made: Iterable<string>;
  /** Paths outside the folder where something of ours may be; nobody else has such names. */
  readonly strays: Iterable<string>;
}

/**
 * Deletes all that was made, and looks again until nothing of it is left.
 *
 * @returns what could not be taken away, one line each
 */
export async function clean(litter: Litter): Promise<string[]> {
  const { client } = litter;
  const known = new Set(litter.made);
  let left: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await sleep(round === 0 ? 0 : 100 * 2 ** round);
    left = [];
    const { files, problem } = await findAll(litter);
    if (problem !== undefined) left.push(problem);
    for (const { id } of files) known.add(id);
    for (const id of known) {
      const problem = await remove(client, id);
      const where = files.find((file) => file.id === id)?.path;
      if (problem === undefined && where === undefined) known.delete(id);
      else
        left.push(
          `file ${id}${where === undefined ? "" : ` at ${JSON.stringify(where)}`}: ${problem ?? "still listed"}`,
        );
    }
    if (left.length === 0) return [];
  }
  return left;
}

async function findAll({ client, bucket, folder, strays }: Litter): Promise<{ files: FileInfo[]; problem?: string }> {
  try {
    const files = await client.listFiles({ bucket, path: `${folder}/` });
    for (const path of strays) files.push(...(await client.findFiles({ bucket, path })));
    return { files };
  } catch (error) {
    return { files: [], problem: `what is in "${folder}" could not be listed: ${(error as Error).message}` };
  }
}

async function remove(client: MediasaurClient, id: string): Promise<string | undefined> {
  try {
    await client.deleteFile(id);
    return (await client.getFile(id)) === undefined ? undefined : "still there";
  } catch (error) {
    // What is not there is answered so by some services; the listing tells whether it is.
    if (isMediasaurError(error) && (error.code === "forbidden" || error.code === "invalid_request")) return undefined;
    return (error as Error).message;
  }
}
