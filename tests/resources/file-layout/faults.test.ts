import { TestEmulator } from "../../support/emulator";
import { LayoutStack, textAsset } from "./support";

let emulator: TestEmulator;
let stack: LayoutStack;

const FILES = {
  "x/a.txt": "PUBLIC",
  "x/b.txt": "PUBLIC",
  "x/c.txt": "PRIVATE",
  "y/a.txt": "PUBLIC",
  "y/b.txt": "PRIVATE",
};
const BEFORE = Object.fromEntries(Object.keys(FILES).map((path) => [path.replace(/\W/g, ""), { path }]));
/** The folders trade places, and one file changes its name. */
const AFTER = {
  xatxt: { path: "y/a.txt" },
  xbtxt: { path: "y/b.txt" },
  xctxt: { path: "y/new.txt" },
  yatxt: { path: "x/a.txt" },
  ybtxt: { path: "x/b.txt" },
};
const REACHED = ["x/a.txt", "x/b.txt", "y/a.txt", "y/b.txt", "y/new.txt"];

beforeAll(async () => {
  emulator = await TestEmulator.start();
});

afterAll(() => emulator.close());

beforeEach(async () => {
  await emulator.dialect({});
  await emulator.faults([]);
  await emulator.seed(FILES);
  stack = new LayoutStack(emulator);
});

/** Where the content of each file is by now: it tells them apart, whatever their ids. */
async function contents(): Promise<Record<string, string>> {
  const seeded = await emulator.files("media");
  return Object.fromEntries(seeded.map(({ path, sha256 }) => [path, String(sha256)]));
}

async function expectTraded(before: Record<string, string>): Promise<void> {
  const now = await contents();
  expect(Object.keys(now).sort()).toEqual(REACHED);
  expect(now["y/a.txt"]).toBe(before["x/a.txt"]);
  expect(now["x/b.txt"]).toBe(before["y/b.txt"]);
  expect(now["y/new.txt"]).toBe(before["x/c.txt"]);
}

describe.each([
  [
    "a bulk that leaves a file out and says so",
    [{ op: "moveFiles", kind: "partial_bulk", args: { index: 1, form: "207" }, times: 1 }],
  ],
  [
    "a bulk that leaves a file out in silence",
    [{ op: "moveFiles", kind: "partial_bulk", args: { index: 0, form: "silent" }, times: 1 }],
  ],
  [
    "bulks that leave files out twice",
    [{ op: "moveFiles", kind: "partial_bulk", args: { index: 0, form: "200_errors" }, times: 2 }],
  ],
  ["an answer that is lost after the effect", [{ op: "moveFiles", kind: "reset", phase: "after", times: 1 }]],
  ["a request that is lost before the effect", [{ op: "*", kind: "reset", phase: "before", skip: 4, times: 1 }]],
  [
    "errors of the server after the effect",
    [{ op: "patchFile", kind: "status", phase: "after", args: { status: 500 }, times: 2 }],
  ],
  ["a listing that is behind", [{ op: "listFiles", kind: "stale_list", args: { writes: 2 }, skip: 1, times: 2 }]],
  ["too many requests", [{ op: "*", kind: "status", args: { status: 429 }, skip: 2, times: 2 }]],
])("%s", (_what, faults) => {
  test("does not keep the layout from being reached", async () => {
    await stack.up({ files: BEFORE });
    const before = await contents();
    await emulator.faults(faults);
    await stack.up({ files: AFTER });
    await emulator.faults([]);
    await expectTraded(before);
    expect(await stack.up({ files: AFTER })).toBe(false);
  });
});

describe.each([
  ["gives files other ids when they move", { "move.id": "new" }],
  ["lists neither visibility nor URL", { "list.rows": "sparse" }],
  ["shows its writes late in listings", { consistency: "list_lag:2" }],
  ["answers moves with nothing", { "move.answer": "empty_object" }],
  ["gives files other ids, and shows its writes late", { "move.id": "new", consistency: "list_lag:2" }],
  ["shows its writes late in files", { consistency: "detail_lag:2" }],
  ["pages by ten", { "list.max_limit": "10" }],
])("a store that %s", (_what, dialect) => {
  test("ends with every file where it is declared", async () => {
    await emulator.dialect(dialect);
    const text = { path: "x/text.txt", visibility: "PRIVATE", source: { upload: textAsset("one") } };
    await stack.up({ files: BEFORE });
    const before = await contents();
    await stack.up({ files: { ...AFTER, text }, rules: [{ match: "y/**", visibility: "PUBLIC" }] });
    const now = await contents();
    expect(Object.keys(now).sort()).toEqual([...REACHED, "x/text.txt"].sort());
    expect(now["y/new.txt"]).toBe(before["x/c.txt"]);
    expect(await emulator.layout()).toMatchObject({
      "y/new.txt": "PUBLIC",
      "y/b.txt": "PUBLIC",
      "x/text.txt": "PRIVATE",
    });
    expect(await stack.up({ files: { ...AFTER, text }, rules: [{ match: "y/**", visibility: "PUBLIC" }] })).toBe(false);
  });
});

test("a stranger that takes a place in the middle of an update is never touched: what was reached is kept, and the rest follows", async () => {
  await stack.up({ files: BEFORE });
  await emulator.faults([
    { op: "moveFiles", kind: "foreign_writer", args: { do: "create", content: "stranger" }, skip: 1, times: 1 },
  ]);
  const error = await stack.up({ files: AFTER }).then(
    () => "",
    (failure: unknown) => String(failure),
  );
  await emulator.faults([]);
  const stranger = (await emulator.files("media")).find(({ size }) => size === "stranger".length);
  expect(error).toContain(`"${stranger?.path ?? ""}" in bucket "media" is held by file ${stranger?.id ?? ""}`);
  expect(error).toMatch(/\d of 5 files are as declared now; the next "pulumi up" goes on from there\./);
  expect(await emulator.files("media")).toHaveLength(6);
  await emulator.edit({ op: "delete", id: stranger?.id });
  await stack.up({ files: AFTER });
  expect(Object.keys(await contents()).sort()).toEqual(REACHED);
});

test("an upload that fails leaves the others made, and the old contents where they were", async () => {
  const files = (text: string) => ({
    one: { path: "t/one.txt", source: { upload: textAsset(`${text} one`) } },
    two: { path: "t/two.txt", source: { upload: textAsset(`${text} two`) } },
  });
  await stack.up({ files: files("old") });
  const before = await contents();
  await emulator.faults([{ op: "upload", kind: "status", args: { status: 507 }, skip: 1 }]);
  await expect(stack.up({ files: files("new") })).rejects.toThrow("quota");
  await emulator.faults([]);
  expect((await contents())["t/one.txt"]).toBe(before["t/one.txt"]);
  expect((await contents())["t/two.txt"]).toBe(before["t/two.txt"]);
  await emulator.forget();
  await stack.up({ files: files("new") });
  expect((await emulator.writes()).filter((operation) => operation === "upload")).toHaveLength(1);
  expect(Object.keys(await contents()).filter((path) => path.startsWith(".mediasaur-tmp"))).toEqual([]);
  expect(await stack.up({ files: files("new") })).toBe(false);
});

test("a failure leaves no key in what it says", async () => {
  await emulator.faults([{ op: "moveFiles", kind: "secret_echo" }]);
  await stack.up({ files: BEFORE });
  const said = await stack.up({ files: AFTER }).then(
    () => "",
    (failure: unknown) => String(failure),
  );
  expect(said).not.toBe("");
  expect(said).not.toContain(emulator.handle.apiKey);
  expect(JSON.stringify(stack.state)).not.toContain(emulator.handle.apiKey);
});
