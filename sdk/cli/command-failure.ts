/** Exit codes: what was asked for could not be done, or turned out to be wrong; the command line itself is wrong. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** An error that the command line prints as one line. */
export class CommandFailure extends Error {
  /**
   * @param message - what is wrong and what to do, for a person
   * @param exitCode - what the process ends with
   */
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
