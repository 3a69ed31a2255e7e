import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "./clock";
import { escapePath } from "./paths";

interface Place {
  readonly bucket: string;
  readonly path: string;
}

/** The addresses under which files can be fetched. */
export class FileUrls {
  constructor(
    private readonly base: () => string,
    private readonly secret: string,
    private readonly clock: Clock,
  ) {}

  /** The address that never changes. */
  plain({ bucket, path }: Place): string {
    return `${this.base()}/f/${encodeURIComponent(bucket)}/${escapePath(path)}`;
  }

  /** An address that also opens a private file, for some seconds; another one each time. */
  signed(place: Place, seconds: number): string {
    const expires = String(Math.floor(this.clock.now() / 1000) + seconds);
    const nonce = randomBytes(6).toString("hex");
    return `${this.plain(place)}?expires=${expires}&nonce=${nonce}&signature=${this.#sign(place, expires, nonce)}`;
  }

  /** Whether a query is one that {@link FileUrls.signed} gave for this place, and is still good. */
  isSigned(place: Place, query: Readonly<Record<string, unknown>>): boolean {
    const { expires, nonce = "", signature } = query;
    if (typeof expires !== "string" || typeof nonce !== "string" || typeof signature !== "string") return false;
    const expected = Buffer.from(this.#sign(place, expires, nonce));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
    return Number(expires) * 1000 > this.clock.now();
  }

  #sign({ bucket, path }: Place, expires: string, nonce: string): string {
    return createHmac("sha256", this.secret)
      .update(JSON.stringify([bucket, path, expires, nonce]))
      .digest("hex");
  }
}
