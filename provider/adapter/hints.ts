import { isMediasaurError, type ErrorCode } from "../client";
import { messageOf } from "./calls";

/** The errors whose next step is about the settings. */
const ABOUT_SETTINGS: ReadonlySet<ErrorCode> = new Set([
  "unauthorized",
  "invalid_configuration",
  "wrong_base_url",
  "redirected",
  "unreachable",
]);

/**
 * An error as one line, with the next step as it is for a provider that the program made: its settings are arguments of that
 * provider, and not the stack's config.
 *
 * @param provider - the provider's name; `undefined` for the one that has the stack's config
 */
export function messageFor(error: unknown, provider: string | undefined): string {
  const message = messageOf(error);
  if (provider === undefined || !isMediasaurError(error) || !ABOUT_SETTINGS.has(error.code)) return message;
  return message
    .replace(
      /(Set a valid one|Run) (?:with )?"pulumi config set[^.]*\./,
      `Set a valid apiKey of the provider "${provider}".`,
    )
    .replace(/mediasaur:(apiKey|baseUrl|uploadUrl)/g, `$1 of the provider "${provider}"`);
}
