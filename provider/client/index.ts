export { MediasaurClient } from "./client";
export {
  MediasaurError,
  isMediasaurError,
  mediasaurError,
  type ErrorCode,
  type ErrorParts,
  type Outcome,
} from "./errors";
export { redact } from "./redact";
export type * from "./types";
