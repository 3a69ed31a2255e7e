/** What someone asked of the emulator makes no sense; the message is one line, meant for them. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
