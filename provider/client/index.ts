/**
 * The Mediasaur API by itself, usable without Pulumi. It reads tolerantly, repeats what may be repeated, and throws one family of
 * errors.
 *
 * @module pulumi-mediasaur/client
 */
export { MediasaurClient } from "./client";
export {
  MediasaurError,
  isMediasaurError,
  mediasaurError,
  type ErrorCode,
  type ErrorParts,
  type Outcome,
} from "./errors";
export { redact } from "./redaction/redact";
export type * from "./options";
export type * from "./types";
