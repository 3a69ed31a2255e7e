import { createHash } from "node:crypto";
import type { Props } from "../support/plugin";
import type { StepFailed } from "../support/steps";
import { Suite, type Held } from "./support";

// Another content for a file: the old one steps aside, the new one takes its place. In between the place is free for anybody.

const suite = Suite.declare();
const PATH = "b/up.txt";

const upload = (text: string): Props => ({
  bucket: "media",
  path: PATH,
  source: {
    upload: {
      "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
      hash: createHash("sha256").update(text).digest("hex"),
      text,
    },
  },
});

const stranger = { bucket: "media", path: PATH, content: "of a stranger" };
let held: Held;
let old: string;

beforeEach(async () => {
  await suite.emulator.seed({ "a/x.txt": "PUBLIC" });
  await suite.newRun();
  held = await suite.engine.create("u", upload("the old one"));
  old = String(held.outs.fileId);
  await suite.emulator.forget();
});

async function contentAt(path: string): Promise<string> {
  return (await fetch((await suite.emulator.file(path)).signed_url)).text();
}

/** The update that fails; gives its error, and the resource as the engine holds it from then on. */
async function fails(): Promise<string> {
  const error = (await suite.engine
    .update("u", held, upload("the new one"))
    .catch((each: unknown) => each)) as StepFailed;
  expect(error).toBeInstanceOf(Error);
  held = error.kept ?? held;
  await suite.emulator.faults([]);
  return error.message;
}

/** The next run reaches what is declared, and nothing is left over. */
async function recovers(): Promise<void> {
  await suite.newRun();
  held = await suite.engine.update("u", held, upload("the new one"));
  expect(Object.keys(await suite.emulator.layout())).toEqual(["a/x.txt", PATH]);
  expect(await contentAt(PATH)).toBe("the new one");
  expect(held.outs.fileId).toBe((await suite.emulator.file(PATH)).id);
}

async function expectOldIsWhole(where: RegExp): Promise<void> {
  const file = (await suite.emulator.files("media")).find(({ id }) => id === old);
  expect(file?.path).toMatch(where);
  expect(await contentAt(file?.path ?? "")).toBe("the old one");
}

test.each([
  // The second read of the old file is the one after it stepped aside; the second move is that of the new file.
  ["before the new file looks for it", { op: "getFile", skip: 1 }],
  ["as the new file moves in", { op: "moveFiles", skip: 1 }],
])("a stranger that takes the place %s keeps it, and both contents are kept", async (_, when) => {
  const match = when.op === "getFile" ? { match: { file_id: old } } : {};
  await suite.emulator.faults([
    { ...when, ...match, times: 1, kind: "foreign_writer", args: { do: "create", ...stranger } },
  ]);
  const error = await fails();
  expect(error).toContain(PATH);
  expect(await contentAt(PATH)).toBe("of a stranger");
  await expectOldIsWhole(/^\.mediasaur-tmp\/old-/);

  // As long as the stranger stays, so does everything.
  const { id } = await suite.emulator.file(PATH);
  await suite.newRun();
  expect(await fails()).toContain(`is held by file ${id}`);
  expect(await contentAt(PATH)).toBe("of a stranger");
  await expectOldIsWhole(/./);

  await suite.emulator.edit({ op: "delete", bucket: "media", path: PATH });
  await recovers();
});

test("the old file steps back when the new one is refused its place", async () => {
  await suite.emulator.faults([{ op: "moveFiles", skip: 1, times: 1, kind: "status", args: { status: 403 } }]);
  expect(await fails()).toContain("forbidden");
  await expectOldIsWhole(/^b\/up\.txt$/);
  await recovers();
});

test("the old file steps back when the stranger that took its place has gone again", async () => {
  await suite.emulator.faults([
    { op: "moveFiles", skip: 1, times: 1, kind: "foreign_writer", args: { do: "create", ...stranger } },
    {
      op: "getFile",
      match: { file_id: old },
      skip: 2,
      times: 1,
      kind: "foreign_writer",
      args: { do: "delete", bucket: "media", path: PATH },
    },
  ]);
  expect(await fails()).toContain(PATH);
  await expectOldIsWhole(/^b\/up\.txt$/);
  await recovers();
});
