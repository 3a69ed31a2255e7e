import type { MediasaurClient } from "../../../provider/client";
import { Moves } from "../../../provider/resources/run/moves";

/** A client that answers moves when it is told to, and refuses some files. */
function client(refused: readonly string[] = []) {
  const sent: string[][] = [];
  const answer: (() => void)[] = [];
  const moveFiles = async ({ fileIds }: { fileIds: string[] }): Promise<void> => {
    sent.push(fileIds);
    await new Promise<void>((resolve) => answer.push(resolve));
    const bad = fileIds.find((id) => refused.includes(id));
    if (bad !== undefined) throw new Error(`${bad} is refused`);
  };
  return { sent, answer, moves: new Moves({ moveFiles } as unknown as MediasaurClient) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe("moves", () => {
  test("into one directory that are asked for together are one request", async () => {
    const { sent, answer, moves } = client();
    const done = Promise.all(["1", "2", "3"].map((id) => moves.move("media", id, "d")));
    await turn();
    expect(sent).toEqual([["1", "2", "3"]]);
    answer.shift()?.();
    await done;
  });

  test("that come while one is under way are the next request", async () => {
    const { sent, answer, moves } = client();
    const first = moves.move("media", "1", "d");
    await turn();
    const others = Promise.all(["2", "3"].map((id) => moves.move("media", id, "d")));
    await turn();
    expect(sent).toEqual([["1"]]);
    answer.shift()?.();
    await first;
    await turn();
    expect(sent).toEqual([["1"], ["2", "3"]]);
    answer.shift()?.();
    await others;
  });

  test("into different directories or buckets wait for nobody", async () => {
    const { sent, moves } = client();
    void moves.move("media", "1", "d");
    void moves.move("media", "2", "e");
    void moves.move("brand", "3", "d");
    await turn();
    expect(sent).toEqual([["1"], ["2"], ["3"]]);
  });

  test("that fail together are sent one by one, and each gets its own answer", async () => {
    const { answer, moves } = client(["2"]);
    const all = Promise.allSettled(["1", "2", "3"].map((id) => moves.move("media", id, "d")));
    for (let requests = 0; requests < 4; requests += 1) {
      await turn();
      answer.shift()?.();
    }
    expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("are at most 100 to a request", async () => {
    const { sent, answer, moves } = client();
    const all = Promise.all(Array.from({ length: 150 }, (_, index) => moves.move("media", String(index), "d")));
    await turn();
    answer.shift()?.();
    await turn();
    await turn();
    answer.shift()?.();
    await all;
    expect(sent.map((ids) => ids.length)).toEqual([100, 50]);
  });
});
