import type { Cell } from "./cells";
import type { Host } from "../support/host";
import { codeOf, leftBehind, notReached, strangersHarmed } from "./judge";
import type { Program } from "./program";
import { askForId, begin, stages, type Stage } from "./scenario";
import type { Subject } from "./subject";

/** What became of a cell. `wrong` is what must never be. */
export type Outcome =
  | { readonly outcome: "reached"; readonly requests: number }
  | { readonly outcome: "refused"; readonly stage: string; readonly code: string; readonly words: string }
  | { readonly outcome: "wrong"; readonly stage: string; readonly problems: readonly string[] };

/** Runs the scenario in one dialect, and judges by the emulator's truth. */
export async function runCell(bench: Host, subject: Subject, { dialect, faults = [] }: Cell): Promise<Outcome> {
  const { emulator } = bench;
  await begin(emulator, dialect, subject.isWhole);
  const before = await emulator.files();
  const programs: Program[] = [];
  const settle = async (stage: string, errors: string[]): Promise<Outcome | undefined> => {
    const after = await emulator.files();
    const codes = errors.map(codeOf);
    const problems = [
      ...strangersHarmed(before, after),
      ...errors.filter((_, index) => codes[index] === undefined).map((error) => `an error without a code: ${error}`),
      ...(errors.length > 0 ? leftBehind(programs, errors, before, after) : notReached(programs.at(-1) ?? {}, after)),
    ];
    const told =
      problems.length > 0 && errors.length > 0 ? [...problems, ...errors.map((e) => `told: ${e}`)] : problems;
    if (problems.length > 0) return { outcome: "wrong", stage, problems: told };
    if (errors.length === 0) return undefined;
    return { outcome: "refused", stage, code: codes[0] ?? "", words: errors[0] ?? "" };
  };

  let idOfB: string;
  try {
    idOfB = await askForId(bench.access());
  } catch (error) {
    return (await settle("create", [(error as Error).message]))!;
  }
  await emulator.forget();
  await emulator.faults(faults);
  let last: Stage | undefined;
  for (const stage of stages(idOfB, subject.isWhole)) {
    last = stage;
    programs.push(stage.program);
    for (const edit of stage.edits ?? []) await emulator.edit(edit);
    const refreshes = stage.edits !== undefined && stage.isUnrefreshed !== true;
    const errors = refreshes ? await subject.refresh() : [];
    if (errors.length === 0 && stage.drift !== undefined) {
      const drift = await subject.preview(stage.program);
      if (drift.join() !== stage.drift.join())
        return { outcome: "wrong", stage: stage.name, problems: [`the drift found is of: ${drift.join()}`] };
    }
    if (errors.length === 0) errors.push(...(await subject.up(stage.program)));
    const unrefused = errors.length > 0 ? [] : await takes(subject, stage);
    if (unrefused.length > 0) return { outcome: "wrong", stage: stage.name, problems: unrefused };
    const ended = await settle(stage.name, errors);
    if (ended !== undefined) return ended;
  }
  const requests = (await emulator.requests()).length;
  await emulator.forget();
  const errors = [...(await subject.up(last!.program)), ...(await subject.refresh())];
  const drift = errors.length > 0 ? [] : await subject.preview(last!.program);
  const writes = await emulator.writes();
  if (drift.length > 0 || writes.length > 0 || errors.length > 0) {
    const problems = [`a second run writes: ${writes.join()}`, `drift is found of: ${drift.join()}`, ...errors];
    return { outcome: "wrong", stage: "again", problems };
  }
  return (await settle("again", [])) ?? { outcome: "reached", requests };
}

/** Tries to take paths that strangers' files hold; gives what was not refused as that. */
async function takes(subject: Subject, { program, taken = [] }: Stage): Promise<string[]> {
  const wrong: string[] = [];
  for (const intruder of taken) {
    const errors = await subject.up({ ...program, intruder });
    const isRefused = errors.length === 1 && codeOf(errors[0] ?? "") === "path_taken";
    if (!isRefused) wrong.push(`"${intruder.path}" is held, and that is told as: ${errors.join(" ") || "nothing"}`);
  }
  return wrong;
}
