import { Locks } from "../../../provider/reconcile/run/locks";

test("one task at a time works on a thing, in the order they came, also after one that failed", async () => {
  const locks = new Locks();
  const seen: string[] = [];
  const task =
    (name: string, fails = false) =>
    async (): Promise<void> => {
      seen.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const all = [locks.hold("a", task("first", true)), locks.hold("a", task("second")), locks.hold("b", task("other"))];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(seen.filter((line) => !line.startsWith("other"))).toEqual([
    "first starts",
    "first ends",
    "second starts",
    "second ends",
  ]);
  expect(seen.indexOf("other starts")).toBeLessThan(seen.indexOf("first ends"));
});

test("whether anybody worked on a thing since shows in its turns: at the start of a task, and at its end", async () => {
  const locks = new Locks();
  const before = locks.turns("a");
  let finish = (): void => undefined;
  const held = locks.hold("a", () => new Promise<void>((resolve) => (finish = resolve)));
  const during = locks.turns("a");
  expect(during).toBeGreaterThan(before);
  await new Promise((resolve) => setImmediate(resolve));
  finish();
  await held;
  expect(locks.turns("a")).toBeGreaterThan(during);
  expect(locks.turns("b")).toBe(0);
});

test("tasks that work on several things at once never wait for each other, whatever order they name them in", async () => {
  const locks = new Locks();
  const seen: string[] = [];
  const task = (name: string) => async (): Promise<void> => {
    seen.push(`${name} starts`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} ends`);
  };
  await Promise.all([
    locks.holdAll(["b", "a", "b"], task("first")),
    locks.holdAll(["a", "b"], task("second")),
    locks.hold("b", task("third")),
  ]);
  // Each ends before another starts.
  for (const [index, line] of seen.entries()) expect(line).toMatch(index % 2 === 0 ? / starts$/ : / ends$/);
  expect(seen).toHaveLength(6);
});
