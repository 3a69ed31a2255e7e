import { isMediasaurError, redact } from "../../provider/client";
import { inVariables } from "./environment";

/** What was thrown, as one line for who runs a command: it speaks of the environment, not of a stack's config. */
export function messageOf(error: unknown): string {
  if (isMediasaurError(error) && error.code === "unauthorized") {
    return `[${error.operation}] 401 unauthorized: the API key in MEDIASAUR_API_KEY was refused. Set a valid one.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return inVariables(redact(message)).replace(/\s+/g, " ");
}
