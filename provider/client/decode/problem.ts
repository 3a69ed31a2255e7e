import { MediasaurError } from "../errors";
import { keysSeen } from "./aliases";

/** Where an answer came from, for the error that it may become. */
export interface At {
  /** Such as `GET /files`. */
  operation: string;
  /** HTTP status. */
  status?: number;
  /** The service's own name for the request. */
  requestId?: string;
}

/** A success whose body does not say what it has to. */
export function badAnswer(at: At, message: string): MediasaurError {
  return new MediasaurError({ ...at, code: "bad_answer", message });
}

/** A success that lacks a field: names the keys seen and the names looked for, and no value. */
export function lacks(at: At, what: string, seen: unknown, aliases: readonly string[]): MediasaurError {
  const message =
    `the answer has no ${what} (keys seen: ${keysSeen(seen)}; looked for: ${aliases.join(", ")}). ` +
    `Is this the Mediasaur API, in a version that this provider knows?`;
  return badAnswer(at, message);
}
