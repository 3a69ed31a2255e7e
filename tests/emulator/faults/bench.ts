import type { Emulator, FaultRule } from "mediasaur-emulator";
import { Bench } from "../switches/bench";

/** What every case starts from. */
export const seed = {
  buckets: {
    media: {
      files: [
        { path: "a/1.txt", id: "f_1", content: "1" },
        { path: "a/2.txt", id: "f_2", content: "22" },
        { path: "a/3.txt", id: "f_3", content: "333" },
      ],
    },
  },
};

/** One kind of fault, with some of its arguments, and what it does. */
export interface FaultCase {
  readonly kind: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly does: string;
  readonly check: (bench: FaultBench) => Promise<void>;
}

/** A running emulator in which faults are put in force. */
export class FaultBench extends Bench {
  constructor(
    emulator: Emulator,
    private readonly about: Pick<FaultCase, "kind" | "args">,
  ) {
    super(emulator);
  }

  /** Puts the case's fault in force for an operation. */
  inject = async (op: string, more: Partial<FaultRule> = {}): Promise<void> => {
    const { kind, args = {} } = this.about;
    await this.emulator.setFaults([{ op, kind, args, ...more }]);
  };

  hits = async (): Promise<number> => {
    const { faults } = (await this.emulator.control("GET", "faults")) as { faults: { hits: number }[] };
    return faults[0]?.hits ?? 0;
  };

  statuses = async (...calls: (() => Promise<{ status: number }>)[]): Promise<number[]> => {
    const seen = [];
    for (const call of calls) seen.push((await call()).status);
    return seen;
  };
}
