/** A file of a seed: `content` or `size`, not both; with neither it is empty. */
export interface SeedFile {
  /** Full path in the bucket, with the name, no leading slash. */
  readonly path: string;
  /** @default "PUBLIC" */
  readonly visibility?: "PUBLIC" | "PRIVATE";
  /** The text that it holds. */
  readonly content?: string;
  /** Bytes of made-up content, always the same for the same path and size. */
  readonly size?: number;
  /** @default a new one */
  readonly id?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A bucket of a seed. */
export interface SeedBucket {
  /** Name of the pricing plan. @default "developer" */
  readonly plan?: string;
  readonly files?: readonly SeedFile[];
}

/** What an emulator holds at first. */
export interface Seed {
  readonly buckets: Readonly<Record<string, SeedBucket>>;
}
