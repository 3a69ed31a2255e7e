import { PartialFailure } from "../resources";

/** How an error of ours begins where it is turned into text. */
const MARK = "mediasaur: said by the engine";

/**
 * An error as the engine is to show it: one line. Pulumi's plugin process prints what a dynamic provider throws as
 * `${error}: ${error.stack}` on top of that, and all that it prints is shown: the same once more. So that copy is left out.
 */
class PlainError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
    leaveOutCopies();
  }

  override toString(): string {
    return MARK;
  }
}

let leavingOut = false;

function leaveOutCopies(): void {
  if (leavingOut) return;
  leavingOut = true;
  /* eslint-disable no-console -- this is where the plugin process prints */
  const print = console.error.bind(console);
  console.error = (...values: unknown[]): void => {
    const [first] = values;
    if (typeof first !== "string" || !first.startsWith(MARK)) print(...values);
  };
  /* eslint-enable no-console */
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
