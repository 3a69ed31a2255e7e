import { mediasaurError } from "../client";
import type { Raw } from "../adapter/kinds";
import { UNKNOWN } from "../model/unknown";
import { readBucket } from "../resources";
import type { Run } from "./run";

/** The Bucket of the schema: only ever read. Its id is its name. */
export class PluginBucket {
  constructor(private readonly run: Run) {}

  /** Says what is wrong with the inputs, and that a bucket is missing. */
  async check(news: Raw): Promise<{ property: string; reason: string }[]> {
    const others = Object.keys(news).filter((name) => name !== "name" && !name.startsWith("__"));
    if (others.length > 0)
      return others.map((property) => ({ property, reason: "is no property of a Bucket: it has name" }));
    const { name } = news;
    if (name === UNKNOWN) return [];
    if (typeof name !== "string" || name === "") return [{ property: "name", reason: "must be the name of a bucket" }];
    await this.read(name);
    return [];
  }

  /** The bucket as it is; errors where it is missing. */
  async read(name: string): Promise<Raw> {
    if (name === "") throw mediasaurError({ code: "not_found", message: "a Bucket is read by its name" });
    return { ...(await readBucket(this.run.session(), name)) };
  }

  /** What a preview can say: reading writes nothing, so that it can say everything. */
  async create(news: Raw): Promise<{ id: string; values: Raw }> {
    const { name } = news;
    if (typeof name === "string" && name !== UNKNOWN) return { id: name, values: await this.read(name) };
    return { id: "", values: { name, fileCount: UNKNOWN, usedBytes: UNKNOWN, plan: UNKNOWN, details: UNKNOWN } };
  }
}
