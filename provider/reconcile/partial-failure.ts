/** An operation that stopped half-way: what was reached has to be kept, so that the next run can finish it. */
export class PartialFailure<State> extends Error {
  override readonly name = "PartialFailure";

  constructor(
    /** The resource's Pulumi id. */
    readonly id: string,
    /** What was reached. */
    readonly state: State,
    /** The error that stopped it, in one line. */
    reason: string,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}
