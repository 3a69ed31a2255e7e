import type { StateDescription } from "../control/describe";
import type { JournalEntry } from "../journal/journal";
import type { FaultRule } from "../options";

/** A method of the control surface. */
export type ControlMethod = "GET" | "PUT" | "POST" | "DELETE";

/** A running emulator. */
export interface Emulator {
  /** Base URL of the File Management API, without a slash at its end. */
  readonly baseUrl: string;
  /** Base URL of uploads; the same port as {@link Emulator.baseUrl}. */
  readonly uploadUrl: string;
  /** The API key that it accepts. */
  readonly apiKey: string;
  /** Back to how it was started: the seed again, no journal, the first dialect and faults. */
  reset(): Promise<void>;
  /** Stops it. A second call does nothing. */
  close(): Promise<void>;
  /** All buckets and files, or those of one bucket, as they really are. */
  state(bucket?: string): Promise<StateDescription>;
  /** The requests to the API so far, or those after a `seq`. */
  requests(since?: number): Promise<readonly JournalEntry[]>;
  /** Puts faults in force in place of those before. */
  setFaults(faults: readonly FaultRule[]): Promise<void>;
  /** Changes switches of the dialect. */
  setDialect(switches: Readonly<Record<string, string | number | boolean>>): Promise<void>;
  /** Calls the control surface: `control("POST", "edit", { op: "delete", id })` is `POST /_emulator/edit`. */
  control(method: ControlMethod, path: string, body?: unknown): Promise<unknown>;
}
