import fc from "fast-check";
import type { FileInfo, FilePage, MediasaurClient } from "../../../provider/client";
import { BucketIndex } from "../../../provider/reconcile/run/bucket-index";

const PAGE = 100;

function fileOf(number: number): FileInfo {
  const name = String(number);
  return { id: `f${name}`, path: `d/${name}`, directory: "d", name, visibility: "PUBLIC", size: 1, busy: false };
}

/** A client over a bucket of so many files, which counts what it is asked. */
function bucketOf(files: number, more: { failing?: boolean } = {}) {
  const asked = { pages: 0, singles: 0 };
  const all = Array.from({ length: files }, (_, number) => fileOf(number));
  const client = {
    async *pages(): AsyncGenerator<FilePage> {
      for (let at = 0; at === 0 || at < files; at += PAGE) {
        asked.pages += 1;
        await Promise.resolve();
        if (more.failing === true) throw new Error("the listing fails");
        yield { files: all.slice(at, at + PAGE), received: PAGE, end: at + PAGE >= files };
      }
    },
    getFile: (id: string) => {
      asked.singles += 1;
      return Promise.resolve(all.find((file) => file.id === id));
    },
    findFile: ({ path }: { path: string }) => {
      asked.singles += 1;
      return Promise.resolve(all.find((file) => file.path === path));
    },
  } as unknown as MediasaurClient;
  return { asked, index: new BucketIndex(client, "media") };
}

const whole = (): boolean => true;

describe("reads of one bucket", () => {
  test("of all its files take its pages, and few single reads", async () => {
    const { asked, index } = bucketOf(300);
    const found = await Promise.all(
      Array.from({ length: 300 }, (_, number) => index.byId(`f${String(number)}`, whole)),
    );
    expect(found.every((file) => file !== undefined)).toBe(true);
    expect(asked.pages).toBe(3);
    expect(asked.singles).toBeLessThanOrEqual(3);
  });

  test("of all its files, one after the other, take its pages alone", async () => {
    const { asked, index } = bucketOf(1000);
    for (let number = 0; number < 1000; number += 1) await index.byId(`f${String(number)}`, whole);
    expect(asked).toEqual({ pages: 10, singles: 0 });
  });

  test("of a page's files and one far away take few pages more than there were reasons for", async () => {
    const { asked, index } = bucketOf(100_000);
    for (let number = 0; number < 100; number += 1) await index.byId(`f${String(number)}`, whole);
    await index.byId("f99999", whole);
    expect(asked).toEqual({ pages: 11, singles: 1 });
  });

  test("of a few files of a very large one take few requests, whichever files they are", async () => {
    for (const start of [0, 50_000, 99_990]) {
      const { asked, index } = bucketOf(100_000);
      for (let number = start; number < start + 10; number += 1) await index.byId(`f${String(number)}`, whole);
      expect(asked.pages + asked.singles).toBeLessThanOrEqual(21);
    }
  });

  test("take at most twice the better of the two ways, and one request", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2000 }),
        fc.array(fc.nat({ max: 1999 }), { maxLength: 60 }),
        async (files, wanted) => {
          const { asked, index } = bucketOf(files);
          for (const number of wanted) await index.byId(`f${String(number)}`, whole);
          const better = Math.min(wanted.length, Math.ceil(files / PAGE));
          // Files that are not there are asked for by themselves in either way.
          const missing = wanted.filter((number) => number >= files).length;
          expect(asked.pages + asked.singles).toBeLessThanOrEqual(2 * better + missing + 1);
          const hits = wanted.length - asked.singles;
          expect(asked.pages).toBeLessThanOrEqual(asked.singles + hits / 10 + 1);
        },
      ),
    );
  });

  test("believe a row only where it is enough", async () => {
    const { asked, index } = bucketOf(10);
    await index.byId("f1", () => false);
    expect(asked.singles).toBe(1);
  });

  test("call a path free by the listing alone only where that is asked for", async () => {
    const { asked, index } = bucketOf(10);
    expect(await index.byPath("d/none", "listed")).toBeUndefined();
    expect(asked).toEqual({ pages: 1, singles: 0 });
    expect(await index.byPath("d/none", "confirmed")).toBeUndefined();
    expect(asked).toEqual({ pages: 1, singles: 1 });
  });

  test("go on one by one where the listing fails", async () => {
    const { index } = bucketOf(10, { failing: true });
    expect((await index.byId("f3", whole))?.path).toBe("d/3");
    expect((await index.byPath("d/4", "confirmed"))?.id).toBe("f4");
  });

  test("see what this process has moved or deleted since", async () => {
    const { index } = bucketOf(10);
    await index.byId("f1", whole);
    index.put({ ...fileOf(1), path: "e/1" });
    index.drop("f2");
    expect((await index.byPath("e/1", "listed"))?.id).toBe("f1");
    expect(await index.byPath("d/1", "listed")).toBeUndefined();
    expect(await index.byPath("d/2", "listed")).toBeUndefined();
  });
});
