import type { Answer } from "../answer";
import type { Clock } from "../clock";
import type { Dialect } from "../dialect/dialects";
import type { History } from "../history";
import type { Later } from "../later";
import type { StoredContent } from "../store/content-store";
import type { Store } from "../store/store";
import type { StaleView } from "../store/view";
import type { UploadClaims } from "../upload-tokens";
import type { FileUrls } from "../urls";

/** What operations work with. */
export interface Surroundings {
  readonly store: Store;
  readonly clock: Clock;
  readonly urls: FileUrls;
  readonly history: History;
  readonly later: Later;
}

/** An uploaded file whose bytes are stored, but belong to no file yet. */
export interface ReceivedUpload {
  readonly fields: Readonly<Record<string, string>>;
  readonly content: StoredContent | undefined;
}

/** Which item of a bulk operation is to fail, and how the answer tells. */
export interface PlannedPartialFailure {
  readonly index: number;
  readonly form: "207" | "200_errors" | "silent";
}

/** One request, checked against the contract. */
export interface Call {
  readonly dialect: Dialect;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The claims of an upload token, where one stands in for the API key. */
  readonly claims: UploadClaims | undefined;
  readonly upload: ReceivedUpload | undefined;
  /** Asked for by a fault. */
  readonly partial?: PlannedPartialFailure;
  /** How a read is to see the files in place of how they are; asked for by a fault. */
  readonly view?: StaleView;
}

/** An operation: reads and writes the store, and says what the answer is. Never waits, so that no other comes in between. */
export type Operation = (around: Surroundings, call: Call) => Answer;
