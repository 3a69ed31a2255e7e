import { painter, Progress, widthOf } from "../../sdk/cli/terminal";

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean, columns = 100): { written: string[]; as: NodeJS.WriteStream } {
  const written: string[] = [];
  const as = { isTTY, columns, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { written, as };
}

const { NO_COLOR, TERM } = process.env;
beforeEach(() => {
  delete process.env.NO_COLOR;
  process.env.TERM = "xterm";
});
afterAll(() => {
  Object.assign(process.env, NO_COLOR === undefined ? {} : { NO_COLOR }, TERM === undefined ? {} : { TERM });
});

test("colours are for terminals, and for those who did not ask for none", () => {
  expect(painter(stream(true).as)("red", "x")).toBe("\u001b[31mx\u001b[0m");
  expect(painter(stream(false).as)("red", "x")).toBe("x");
  process.env.NO_COLOR = "1";
  expect(painter(stream(true).as)("red", "x")).toBe("x");
  delete process.env.NO_COLOR;
  process.env.TERM = "dumb";
  expect(painter(stream(true).as)("red", "x")).toBe("x");
});

test("progress is one line on a terminal, taken away in the end, and nothing anywhere else", () => {
  const terminal = stream(true);
  const shown = new Progress(terminal.as);
  shown.show("listed 100 files");
  shown.clear();
  expect(terminal.written).toEqual(["\r\u001b[2Klisted 100 files", "\r\u001b[2K"]);
  const pipe = stream(false);
  const silent = new Progress(pipe.as);
  silent.show("listed 100 files");
  silent.clear();
  expect(pipe.written).toEqual([]);
});

test("lines are wrapped for a terminal's width, and left whole for a pipe", () => {
  expect(widthOf(stream(true, 90).as)).toBe(90);
  expect(widthOf(stream(true, 10).as)).toBe(60);
  expect(widthOf(stream(false).as)).toBe(Infinity);
});
