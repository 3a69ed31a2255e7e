import type { Seed } from "./seed/format";

/** The API key that an emulator accepts unless {@link EmulatorOptions.apiKey} names another. */
export const DEFAULT_API_KEY = "sk_emulator_0123456789";

/** The port of the command line where `--port` is not given. */
export const DEFAULT_PORT = 4010;

/** Which requests a fault rule is for; every field given must match. */
export interface FaultMatch {
  /** A bucket that the request names, as source or target or through a file's id. */
  readonly bucket?: string;
  /** A glob (`*`, `**`, `?`) over the full paths that the request concerns. */
  readonly path_glob?: string;
  /** A file id that the request names. */
  readonly file_id?: string;
  /** Request headers (lower case) and the exact value of each; `*` for any. */
  readonly header?: Readonly<Record<string, string>>;
}

/** One fault: for which requests, how often, and what happens then. The first rule that fires wins. */
export interface FaultRule {
  /** An operation (`listBuckets`, `getBucket`, `listFiles`, `getFile`, `patchFile`, `deleteFile`, `copyFiles`, `moveFiles`, `createToken`, `upload`, `download`) or `*`. */
  readonly op: string;
  readonly match?: FaultMatch;
  /** How many matching requests to let through first. @default 0 */
  readonly skip?: number;
  /** How many matching requests it happens to after that. @default without end */
  readonly times?: number;
  /** In place of `times`: the chance, 0 to 1, that it happens to a matching request. */
  readonly probability?: number;
  /** Of the generator behind `probability`. @default 1 */
  readonly seed?: number;
  /** Before the request has its effect, or after it. @default the kind's own */
  readonly phase?: "before" | "after";
  /** What happens: one of the kinds that `GET /_emulator/kinds` lists. */
  readonly kind: string;
  /** Arguments of the kind. */
  readonly args?: Readonly<Record<string, unknown>>;
}

/** How an emulator is started. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; 0 for one that is free. @default 0 */
  readonly port?: number | undefined;
  /**
   * Names beside those of this machine (`localhost`, `*.localhost`, `127.*`, `[::1]`) that the `Host` of a request may have, for a
   * proxy or an entry in a hosts file that leads here; `.name` for all names below it. Any other is refused.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Folder that keeps everything from one start to the next. @default nothing outlives the emulator */
  readonly dataDir?: string | undefined;
  /** What it holds at first, and after a reset: an object, a `.json` file, or a folder `bucket/path...`. @default one empty bucket, `media` */
  readonly seed?: Seed | string | undefined;
  /** Milliseconds that every request takes at least. @default 0 */
  readonly latencyMs?: number | undefined;
  /** Milliseconds for which nothing of a request may come that has begun; then it is answered with 408 and cut off. @default 60000 */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * Switches that differ from the default dialect, or from a preset: `"supabase-like"`, `"supabase-like,move.id=new"`,
   * `"k=v,k=v"`, `{ preset: "supabase-like", "move.id": "new" }`, or a JSON file's path.
   */
  readonly dialect?: Readonly<Record<string, string | number | boolean>> | string | undefined;
  /** Faults in force from the start. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** The API key; begins with `sk_`. @default {@link DEFAULT_API_KEY} */
  readonly apiKey?: string | undefined;
}
