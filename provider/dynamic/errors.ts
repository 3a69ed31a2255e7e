import { isMediasaurError } from "../client";
import { messageOf } from "../adapter/calls";
import { PartialFailure } from "../resources";

/**
 * An error as the engine is to show it: one line. Pulumi's plugin process also prints what a dynamic provider throws, as
 * `${error}: ${error.stack}`, and all that it prints is shown under the stack. That line says where the error is explained, so that
 * neither a stack trace nor the same line comes twice.
 */
class PlainError extends Error {
  constructor(
    message: string,
    private readonly code: string,
  ) {
    super(message);
    this.stack = `docs/errors.md#${code}`;
  }

  override toString(): string {
    return `pulumi-mediasaur: about ${this.code}`;
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
    super(reason, "partial_failure");
    this.reasons = [reason];
  }
}

/** Turns whatever was thrown into what Pulumi prints well. */
export function plainError(error: unknown): Error {
  return new PlainError(messageOf(error), isMediasaurError(error) ? error.code : "internal");
}

/** Like `plainError`; a half-done operation keeps what it reached, with the provider that can go on from there. */
export function operationError(error: unknown, provider: unknown): Error {
  if (!(error instanceof PartialFailure)) return plainError(error);
  return new InitError(error.id, { ...(error.state as Record<string, unknown>), __provider: provider }, error.message);
}
