import { PartialFailure } from "../resources";

/**
 * Pulumi prints an error that a dynamic provider throws as `${error}: ${error.stack}`. A user's mistake is no reason to
 * show a stack, so both halves are made to read as one plain line.
 */
class PlainError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }

  override toString(): string {
    return "mediasaur";
  }
}

/** An error that tells the engine what was reached, so that it is kept in state. */
class InitError extends PlainError {
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: Record<string, unknown>,
    reason: string,
  ) {
    super(reason);
    this.reasons = [reason];
  }
}

/** Turns whatever was thrown into what Pulumi prints well. */
export function plainError(error: unknown): Error {
  return new PlainError(messageOf(error));
}

/** Like `plainError`; a half-done operation keeps what it reached, with the provider that can go on from there. */
export function operationError(error: unknown, provider: unknown): Error {
  if (!(error instanceof PartialFailure)) return plainError(error);
  return new InitError(error.id, { ...(error.state as Record<string, unknown>), __provider: provider }, error.message);
}

/** One line for a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
