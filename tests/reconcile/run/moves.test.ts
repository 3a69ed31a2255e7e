import { mediasaurError, type ErrorParts, type MediasaurClient } from "../../../provider/client";
import { Moves } from "../../../provider/reconcile/run/moves";

/** A client that answers moves when it is told to, and refuses some files; by an error that many have in common, if so told. */
function client(refused: readonly string[] = [], more: Partial<ErrorParts> = {}, many: Partial<ErrorParts> = more) {
  const sent: string[][] = [];
  const answer: (() => void)[] = [];
  const moveFiles = async ({ fileIds }: { fileIds: string[] }): Promise<void> => {
    sent.push(fileIds);
    await new Promise<void>((resolve) => answer.push(resolve));
    const bad = fileIds.find((id) => refused.includes(id));
    const message = `${String(bad)} is refused`;
    if (bad !== undefined) throw mediasaurError({ code: "not_found", message, ...(fileIds.length > 1 ? many : more) });
  };
  return { sent, answer, moves: new Moves({ moveFiles } as unknown as MediasaurClient) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** How each of some moves ends: `done`, or its error's code and outcome. */
async function endings({ moves, sent, answer }: ReturnType<typeof client>, ids: readonly string[]): Promise<string[]> {
  const all = Promise.allSettled(ids.map((id) => moves.move("media", id, "d")));
  const isOver = (): Promise<boolean> => Promise.race([all.then(() => true), turn().then(() => false)]);
  while (!(await isOver())) answer.shift()?.();
  expect(sent[0]).toEqual(ids);
  return (await all).map((one) => (one.status === "fulfilled" ? "done" : told(one.reason as ErrorParts)));
}

const told = ({ code, outcome }: ErrorParts): string => `${code}, ${String(outcome)}`;

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

  test.each([
    "not_found",
    "forbidden",
    "invalid_request",
    "path_taken",
    "partial_failure",
    "quota_exceeded",
    "wrong_base_url",
    "server_error",
  ] as const)("that fail by %s, as one of them may be the reason, are sent one by one", async (code) => {
    const run = client(["2"], { code });
    expect(await endings(run, ["1", "2", "3"])).toEqual(["done", `${code}, refused`, "done"]);
    expect(run.sent).toEqual([["1", "2", "3"], ["1"], ["2"], ["3"]]);
  });

  test.each(["unauthorized", "timeout", "unreachable", "wait_too_long", "rate_limited", "bad_answer"] as const)(
    "that fail by %s, which is no file's fault, all fail by it at once",
    async (code) => {
      const run = client(["2"], { code, outcome: "unknown" });
      expect(await endings(run, ["1", "2", "3"])).toEqual(Array(3).fill(`${code}, unknown`));
      expect(run.sent).toHaveLength(1);
    },
  );

  test("that are sent one by one end at the first failure that is no file's fault", async () => {
    const run = client(["2"], { code: "timeout", outcome: "unknown" }, { code: "path_taken" });
    expect(await endings(run, ["1", "2", "3", "4"])).toEqual([
      "done",
      "timeout, unknown",
      "timeout, unknown",
      "timeout, unknown",
    ]);
    expect(run.sent).toEqual([["1", "2", "3", "4"], ["1"], ["2"]]);
  });

  test("that were not sent by themselves may have moved where the request for all may have moved them", async () => {
    const run = client(["1"], { code: "unauthorized" }, { code: "partial_failure", outcome: "unknown" });
    expect(await endings(run, ["1", "2"])).toEqual(["unauthorized, refused", "unauthorized, unknown"]);
  });

  test("that the service fails at one after the other are not all tried", async () => {
    const run = client(["2", "3", "4"], { code: "server_error" });
    expect(await endings(run, ["1", "2", "3", "4", "5"])).toEqual([
      "done",
      ...Array<string>(4).fill("server_error, refused"),
    ]);
    expect(run.sent).toEqual([["1", "2", "3", "4", "5"], ["1"], ["2"], ["3"]]);
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
