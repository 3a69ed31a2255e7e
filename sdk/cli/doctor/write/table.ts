import { painter, widthOf } from "../../terminal";
import { wrap } from "../../wrap";
import type { Experiments } from "./experiment";

/** What the experiments found, for people. */
export function experimentsTable(experiments: Experiments, stream: NodeJS.WriteStream): string {
  const { answers, dialect, folder, problems, left, interrupted } = experiments;
  const paint = painter(stream);
  const questions = Math.max(...answers.map(({ question }) => question.length));
  const indent = questions + 2;
  const rows = answers.map(({ question, answer, detail }) => {
    const known = answer === undefined ? `not found out${detail === undefined ? "" : `: ${detail}`}` : answer;
    const more = answer !== undefined && detail !== undefined ? `  (${detail})` : "";
    const text = wrap(known + more, widthOf(stream) - indent).join(`\n${" ".repeat(indent)}`);
    return `${question.padEnd(questions)}  ${answer === undefined ? paint("yellow", text) : text}`;
  });
  const ending =
    left.length === 0
      ? [paint("green", `The folder ${folder} was made for this, and nothing is left of it.`)]
      : [
          paint("red", `Could not be taken away again: delete these by hand, of folder ${folder}.`),
          ...left.map((line) => `  - ${line}`),
        ];
  return [
    "",
    "Found out by writing:",
    "",
    ...rows,
    "",
    ...(problems.length === 0 ? [] : ["Went wrong:", ...problems.map((line) => `  - ${line}`), ""]),
    "An emulator that answers so:",
    `  npx mediasaur-emulator --dialect ${dialect}`,
    "",
    ...(interrupted ? [paint("yellow", "Stopped before everything was tried.")] : []),
    ...ending,
    "",
  ].join("\n");
}
