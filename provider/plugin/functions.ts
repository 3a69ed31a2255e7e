import type { Raw } from "../adapter/kinds";
import { readBucket, readBuckets, readFile, readFiles } from "../resources/lookups";
import type { Run } from "./run";
import { secret } from "./wire";

/** Runs a function of the schema. */
export async function invoke(run: Run, token: string, args: Raw): Promise<Raw> {
  const name = token.replace(/^mediasaur:(index:|index\/\w+:)?/, "");
  const look = LOOKUPS[name];
  if (look === undefined)
    throw new Error(`${token} is no function of mediasaur: it has ${Object.keys(LOOKUPS).join(", ")}.`);
  try {
    return await look(run, args);
  } catch (error) {
    const told = JSON.stringify(args);
    throw new Error(`${name}(${told === "{}" ? "" : told}): ${error instanceof Error ? error.message : String(error)}`);
  }
}

const LOOKUPS: Record<string, ((run: Run, args: Raw) => Promise<Raw>) | undefined> = {
  getBucket: async (run, { name }) => ({ ...(await readBucket(run.session().client, { name: name as string })) }),
  getBuckets: async (run) => ({ buckets: await readBuckets(run.session().client) }),
  getFile: async (run, { id, bucket, path }) => {
    const file = await readFile(run.session().client, { id, bucket, path } as unknown as Parameters<
      typeof readFile
    >[1]);
    // The URL of a private file is as good as a key to it.
    return file.visibility === "PRIVATE" && file.url !== undefined ? { ...file, url: secret(file.url) } : { ...file };
  },
  getFiles: async (run, { bucket, prefix, match, visibility }) => {
    const args = { bucket, prefix, match, visibility } as unknown as Parameters<typeof readFiles>[1];
    return { files: await readFiles(run.session().client, args) };
  },
};
