import { figure, FULL } from "../support/figures";
import type { Host } from "../support/host";
import { openBench } from "./bench";
import { codeOf, notReached, strangersHarmed } from "./judge";
import type { SubjectName } from "./page";
import { askForId, begin, stages, type Stage } from "./scenario";
import { SUBJECTS } from "./subjects";

/** What goes wrong with one call. */
const KINDS: Readonly<Record<string, Record<string, unknown>>> = {
  "a reset before the effect": { kind: "reset", phase: "before" },
  "a reset after the effect": { kind: "reset", phase: "after" },
  "503 before the effect": { kind: "status", phase: "before", args: { status: 503 } },
  "500 after the effect": { kind: "status", phase: "after", args: { status: 500 } },
  "an answer that is cut off": { kind: "truncate", args: { bytes: 5 } },
  "429": { kind: "status", phase: "before", args: { status: 429 } },
};

/** More times in a row than any call is sent: the call fails, and what it may have done is not known. */
const STUBBORN = 8;

/** The calls that each of the two runs makes, with what only a FileLayout asks for in brackets. */
const OPERATIONS: Readonly<Record<"create" | "update", readonly string[]>> = {
  create: ["getBucket", "listFiles", "getFile", "patchFile", "copyFiles", "upload", "moveFiles"],
  update: ["listFiles", "getFile", "patchFile", "upload", "moveFiles", "deleteFile"],
};

interface Fault {
  readonly what: string;
  readonly operation: string;
  readonly rule: Record<string, unknown>;
  readonly skip: number;
  readonly times: number;
}

/**
 * Declares a test for each operation during the scenario's creation and during its rearrangement: whatever goes wrong with a call,
 * the run ends with everything reached or with a named error, and the next run finishes; nothing is lost, doubled, or done to a
 * stranger's file. By default the first call of each operation, with one kind of fault in three, so that every kind has its turn, and one
 * of them until the call fails for good; with `FULL` every call and every kind, once and for good.
 */
export function testFaults(name: SubjectName): void {
  describe(name, () => {
    let bench: Host;
    const count = { cells: 0, reached: 0, failed: 0 };

    beforeAll(async () => {
      bench = await openBench();
    });

    afterAll(async () => {
      await bench.close();
      figure(
        "faults",
        `${name}: ${String(count.cells)} faults at a call of a creation or a rearrangement: ${String(count.reached)} reached all the same, ` +
          `${String(count.failed)} failed with a named error; after each the next run finished`,
      );
    });

    /** What becomes of a run in which a call goes wrong, and of the next one. */
    const suffer = async (stage: "create" | "update", fault: Fault): Promise<{ problems: string[]; met: boolean }> => {
      const { emulator } = bench;
      const subject = new SUBJECTS[name](bench);
      await begin(emulator, {}, subject.isWhole);
      const before = await emulator.files();
      const idOfB = await askForId(bench.access());
      const [first, second] = stages(idOfB, subject.isWhole) as [Stage, Stage];
      const { program } = stage === "create" ? first : second;
      const problems: string[] = [];
      if (stage === "update") problems.push(...(await subject.up(first.program)));
      const { operation: op, rule, skip, times } = fault;
      await emulator.faults([{ op, skip, times, ...rule }]);
      const errors = await subject.up(program);
      const met = (await emulator.faultHits()) > 0;
      await emulator.faults([]);
      const after = await emulator.files();
      problems.push(...errors.filter((error) => codeOf(error) === undefined).map((error) => `no code: ${error}`));
      problems.push(...strangersHarmed(before, after));
      if (errors.length === 0) problems.push(...notReached(program, after));
      const next = await subject.up(program);
      problems.push(...next.map((error) => `the next run says: ${error} (after: ${errors.join(" ") || "no error"})`));
      const atLast = await emulator.files();
      problems.push(...notReached(program, atLast), ...strangersHarmed(before, atLast));
      await emulator.forget();
      problems.push(...(await subject.up(program)));
      const writes = await emulator.writes();
      if (writes.length > 0) problems.push(`a third run writes: ${writes.join()}`);
      if (met) {
        count.cells += 1;
        count[errors.length === 0 ? "reached" : "failed"] += 1;
      }
      return { problems, met };
    };

    const cells = (["create", "update"] as const).flatMap((stage) =>
      OPERATIONS[stage]
        .filter((operation) => operation !== "getBucket" || name === "FileLayout")
        .map((operation) => [operation, stage] as const),
    );

    test.each(cells)("whatever goes wrong with %s during %s, the next run finishes", async (operation, stage) => {
      const found: string[] = [];
      let met = 0;
      for (const [index, [what, rule]] of Object.entries(KINDS).entries()) {
        if (!FULL && (index + OPERATIONS[stage].indexOf(operation)) % 3 !== 0) continue;
        for (const times of FULL ? [1, STUBBORN] : [index < 3 ? STUBBORN : 1]) {
          for (let skip = 0; ; skip += times === 1 ? 1 : 3) {
            const outcome = await suffer(stage, { what, operation, rule, skip, times });
            if (outcome.met) met += 1;
            const which = `${what}, ${times === 1 ? "once" : "again and again"}, from call ${String(skip + 1)} on`;
            found.push(...outcome.problems.map((problem) => `${which}: ${problem}`));
            if (!FULL || !outcome.met) break;
          }
        }
      }
      expect(found).toEqual([]);
      expect(met).toBeGreaterThan(0);
    });
  });
}
