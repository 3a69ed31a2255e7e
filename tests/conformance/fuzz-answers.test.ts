import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { seededRandom } from "../../emulator/src/random";
import { MediasaurClient, MediasaurError, type FileInfo } from "../../provider/client";
import { FakeClock } from "../client/support/setup";
import { TestEmulator } from "../support/emulator";
import { figure, share } from "../support/figures";
import { SecretsWatch } from "../support/secrets";
import { realAnswers } from "./fuzz/answers";
import { mutate, pick, type Answer } from "./fuzz/mutations";
import { OPERATIONS } from "./retries/operations";

const CASES = share(4000, 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_101);
const LONGEST_MS = 1_800_000;
const MOST_REQUESTS = 100;
const KEY = "sk_fuzz_0123456789abcdef";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJwYXRoIjoiYSJ9.c2lnbmF0dXJl";

/** What any call may ask besides its own operation: single files of a listing, what a move left, whether this is the API. */
const LOOKS = [/^GET \/files$/, /^GET \/files\/[^/]+$/, /^GET \/buckets$/, /^POST \/token$/];

test(
  `${String(CASES)} mutated answers end in a result or an error of the family, with no secret and no stray request (seed ${String(SEED)})`,
  async () => {
    const emulator = await TestEmulator.start();
    const answers = await realAnswers(emulator).finally(() => emulator.close());
    const real = [...answers.values()].reduce((sum, each) => sum + each.length, 0);
    const watch = new SecretsWatch().know(KEY, JWT);
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const log: string[] = [];
    let answer: Answer = { status: 500, headers: {}, body: Buffer.alloc(0) };
    const server = createServer((request, response) => {
      log.push(`${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`);
      request.resume().once("end", () => {
        const { status, headers, body } = answer;
        if (log.length > MOST_REQUESTS) response.destroy();
        else response.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const random = seededRandom(SEED);
    const ended = { well: 0, error: 0 };
    try {
      for (let index = 0; index < CASES; index += 1) {
        const operation = pick(random, OPERATIONS);
        answer = mutate(random, pick(random, answers.get(operation.name) ?? []), [
          KEY,
          JWT,
          "https://h/x?signature=abcdef",
        ]);
        log.length = 0;
        const client = new MediasaurClient({ apiKey: KEY, baseUrl: url, uploadUrl: url, clock: new FakeClock() });
        const told = (): string =>
          `case ${String(index)}: ${operation.name}, ${String(answer.status)} ${inspect(answer.headers)} ${answer.body.toString("utf8").slice(0, 500)}`;
        const end: unknown = await operation.call(client).then(
          (value) => ({ value }),
          (error: unknown) => error,
        );
        if (end instanceof Error) {
          ended.error += 1;
          const problems = end instanceof MediasaurError ? watch.find(end) : [`thrown: ${inspect(end)}`];
          if (problems.length > 0) throw new Error(`${problems.join("; ")}; ${told()}`);
        } else {
          ended.well += 1;
          const odd = filesIn((end as { value: unknown }).value).flatMap(oddities);
          if (odd.length > 0) throw new Error(`${odd.join("; ")}; ${told()}`);
        }
        const stray = log.filter((line) => ![operation.route, ...LOOKS].some((route) => route.test(line)));
        if (stray.length > 0 || log.length > MOST_REQUESTS)
          throw new Error(`${String(log.length)} requests, stray: ${stray.join()}; ${told()}`);
      }
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(ended.well).toBeGreaterThan(CASES / 20);
      figure(
        "fuzz",
        `${String(CASES)} mutated answers (of ${String(real)} real ones), FUZZ_SEED=${String(SEED)}: ${String(ended.well)} read, ${String(ended.error)} refused with an error, no crash`,
      );
      figure("secrets", `mutated answers: ${watch.searched}`);
    } finally {
      process.off("unhandledRejection", note);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  },
  LONGEST_MS,
);

/** The files that a call gave, wherever in its result. */
function filesIn(value: unknown): FileInfo[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap(filesIn);
  if (typeof value !== "object" || value === null) return [];
  if ("directory" in value && "path" in value) return [value as FileInfo];
  return "candidates" in value ? filesIn(value.candidates) : [];
}

const SEEN = new Set<unknown>(["PUBLIC", "PRIVATE", undefined]);

/** What no file that was believed may have. */
function oddities({ id, path, size, visibility }: FileInfo): string[] {
  const odd: string[] = [];
  if (typeof id !== "string" || id === "") odd.push("a file without an id");
  if (typeof path !== "string" || path === "" || path.split("/").some((segment) => ["", ".", ".."].includes(segment)))
    odd.push(`a file at ${JSON.stringify(path)}`);
  if (size !== undefined && (!Number.isSafeInteger(size) || size < 0)) odd.push(`a size of ${String(size)}`);
  if (!SEEN.has(visibility)) odd.push("another visibility");
  return odd;
}
