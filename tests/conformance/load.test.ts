import { seededRandom } from "../../emulator/src/random";
import { isMediasaurError, MediasaurClient } from "../../provider/client";
import { TestEmulator } from "../support/emulator";
import { figure } from "../support/figures";
import { SecretsWatch } from "../support/secrets";
import { VirtualClock } from "./retries/virtual-clock";

const OPERATIONS = 600;
const AT_A_TIME = 8;
const SEED = 11;

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await TestEmulator.start();
});

afterAll(async () => {
  await emulator.close();
});

type Task = [kind: string, run: (client: MediasaurClient) => Promise<unknown>];

/** A mix of all operations, each about a file of its own, so that none depends on how another ends. */
function tasks(): Task[] {
  const random = seededRandom(SEED);
  const kinds: ((n: string) => Task)[] = [
    () => ["listBuckets", (client) => client.listBuckets()],
    () => ["getBucket", (client) => client.getBucket("media")],
    () => ["listFiles", (client) => client.listFiles({ bucket: "small" })],
    (n) => ["getFile", (client) => client.getFile(`f_${n}`)],
    (n) => ["patchFile", (client) => client.updateFile(`f_${n}`, { name: `renamed-${n}`, visibility: "PRIVATE" })],
    (n) => ["deleteFile", (client) => client.deleteFile(`f_${n}`)],
    (n) => [
      "moveFiles",
      (client) => client.moveFiles({ bucket: "media", fileIds: [`f_${n}`], directory: `moved/${n}` }),
    ],
    (n) => [
      "copyFiles",
      (client) =>
        client.copyFile({ sourceBucket: "media", targetBucket: "other", fileId: `f_${n}`, directory: `copy-${n}` }),
    ],
    (n) => ["createToken", (client) => client.createUploadToken({ bucket: "media", path: `up/${n}` })],
    (n) => [
      "upload",
      (client) => client.upload({ bucket: "media", path: `up/${n}`, body: () => Buffer.from(n), size: n.length }),
    ],
  ];
  return Array.from({ length: OPERATIONS }, (_, index) => {
    const kind = kinds[Math.floor(random() * kinds.length)];
    return kind?.(String(index)) ?? ["none", () => Promise.resolve()];
  });
}

/** Runs the mix; gives what failed and how many requests arrived. */
async function run(faults: Record<string, unknown>[]) {
  const seed = Object.fromEntries(
    Array.from({ length: OPERATIONS }, (_, index) => [`in/${String(index)}`, { id: `f_${String(index)}` }]),
  );
  await emulator.seed(seed, { other: { files: [] }, small: { files: [{ path: "a/b.txt", content: "b" }] } });
  await emulator.dialect({ "upload.conflict": "duplicate", "copy.conflict": "duplicate" });
  const random = seededRandom(SEED);
  const clock = new VirtualClock(random);
  const client = new MediasaurClient({
    apiKey: emulator.handle.apiKey,
    baseUrl: emulator.handle.baseUrl,
    uploadUrl: emulator.handle.uploadUrl,
    clock,
    onRequest: clock.noteRequest,
  });
  await client.listBuckets();
  await emulator.forget();
  await emulator.faults(faults);
  const queue = tasks();
  const failed: { kind: string; error: unknown }[] = [];
  const work = async (): Promise<void> => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const [kind, call] = task;
      await clock.run(() => call(client)).catch((error: unknown) => failed.push({ kind, error }));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { failed, requests: (await emulator.requests()).length, files: await emulator.files() };
}

test("under 10 % of random faults at most 1.3 requests are sent for each planned one, and nothing is done twice", async () => {
  const calm = await run([]);
  expect(calm.failed).toEqual([]);
  const chance = 0.02;
  const faults = [
    { kind: "reset", phase: "before" },
    { kind: "reset", phase: "after" },
    { kind: "status", args: { status: 500 }, phase: "before" },
    { kind: "status", args: { status: 503 }, phase: "after" },
    { kind: "rate_limit", args: { headers: "retry_after_s", retry_after: 1 } },
  ].map((fault, index) => ({ op: "*", probability: chance, seed: SEED + index, ...fault }));
  const { failed, requests, files } = await run(faults);
  const ratio = requests / calm.requests;
  const hits = ((await emulator.handle.control("GET", "faults")) as { faults: { hits: number }[] }).faults;
  const met = hits.reduce((sum, each) => sum + each.hits, 0);
  figure(
    "retries",
    `at ${String(Math.round((1000 * met) / requests) / 10)} % random faults ${ratio.toFixed(3)} requests for each planned one (${String(calm.requests)} planned, ${String(requests)} sent), ${String(failed.length)} calls ended in an error, seed ${String(SEED)}`,
  );
  expect(met / requests).toBeGreaterThan(0.07);
  expect(ratio).toBeLessThanOrEqual(1.3);
  // Only what can't be sent twice may fail, and says so.
  expect(failed.filter(({ kind }) => kind !== "copyFiles" && kind !== "upload")).toEqual([]);
  for (const { error } of failed) expect(isMediasaurError(error) && error.outcome).toBe("unknown");
  const places = files.map(({ bucket, path }) => `${bucket}/${path}`);
  expect(new Set(places).size).toBe(places.length);
  new SecretsWatch().know(emulator.handle.apiKey).expectNone(failed);
});
