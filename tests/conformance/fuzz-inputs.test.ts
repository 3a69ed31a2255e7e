import { inspect } from "node:util";
import { seededRandom } from "../../emulator/src/random";
import { MediasaurClient, MediasaurError } from "../../provider/client";
import { diffManagedFile } from "../../provider/model/diff";
import { inputProblems, knownInputs } from "../../provider/model/managed-file";
import { withoutNulls } from "../../provider/model/nulls";
import { pathProblem } from "../../provider/model/paths";
import { checkManagedFile, Session } from "../../provider/resources";
import { ScriptedServer, type Seen } from "../client/support/scripted-server";
import { FakeClock, row } from "../client/support/setup";
import { figure, share } from "../support/figures";
import { SecretsWatch } from "../support/secrets";
import { trickyInputs, trickyText } from "./fuzz/inputs";
import { pick } from "./fuzz/mutations";

const CASES = share(4000, 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_102);
const LONGEST_MS = 1_800_000;
const KEY = "sk_inputs_0123456789";

/** What a check may ask: never more than to read. */
const READS = [/^GET \/buckets\/[^/]+$/, /^GET \/buckets$/, /^GET \/files$/, /^GET \/files\/[^/]+$/];

const watch = new SecretsWatch().know(KEY);
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
const count = { inputs: 0, requests: 0 };
let server: ScriptedServer;

beforeAll(async () => {
  process.on("unhandledRejection", note);
  server = await ScriptedServer.start();
  server.script = (request) => answerTo(request);
});

afterAll(async () => {
  await server.close();
  process.off("unhandledRejection", note);
  figure(
    "fuzz",
    `${String(count.inputs)} inputs, FUZZ_SEED=${String(SEED)}, ${String(count.requests)} requests, each to its own address, no crash`,
  );
  figure("secrets", `inputs: ${watch.searched}`);
});

/** A service that has every bucket and, by its id, every file, and lists none. */
function answerTo({ method, path, query }: Seen): { status?: number; json?: unknown } {
  if (method !== "GET") return { json: path === "/token" ? { token: "token_for_tests_0123456789" } : {} };
  if (path === "/buckets") return { json: { buckets: [{ name: "media" }] } };
  if (path.startsWith("/buckets/")) return { json: { name: decodeURIComponent(path.slice("/buckets/".length)) } };
  if (path === "/files") return { json: { files: [], total: 0, bucket: query.bucket } };
  const id = decodeURIComponent(path.slice("/files/".length));
  return { json: row(id, "a/file.txt") };
}

interface Call {
  name: string;
  route: RegExp;
  run: (client: MediasaurClient, text: string) => Promise<unknown>;
  /** Where in a request the text has to be found again, byte for byte. */
  echo: (request: Seen) => unknown;
}

const decoded = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
const field =
  (name: string) =>
  (request: Seen): unknown =>
    (request.json as Record<string, unknown>)[name];

const CALLS: readonly Call[] = [
  { name: "getBucket", route: /^GET \/buckets\/[^/?#]+$/, run: (c, t) => c.getBucket(t), echo: (r) => decoded(r.path) },
  { name: "getFile", route: /^GET \/files\/[^/?#]+$/, run: (c, t) => c.getFile(t), echo: (r) => decoded(r.path) },
  {
    name: "deleteFile",
    route: /^DELETE \/files\/[^/?#]+$/,
    run: (c, t) => c.deleteFile(t),
    echo: (r) => decoded(r.path),
  },
  {
    name: "updateFile, id",
    route: /^PATCH \/files\/[^/?#]+$/,
    run: (c, t) => c.updateFile(t, { visibility: "PUBLIC" }),
    echo: (r) => decoded(r.path),
  },
  {
    name: "updateFile, name",
    route: /^PATCH \/files\/f_1$/,
    run: (c, t) => c.updateFile("f_1", { name: t }),
    echo: field("name"),
  },
  {
    name: "listFiles, bucket",
    route: /^GET \/files$/,
    run: (c, t) => c.listFiles({ bucket: t }),
    echo: (r) => r.query.bucket,
  },
  {
    name: "findFile",
    route: /^GET \/files$/,
    run: (c, t) => c.findFile({ bucket: "media", path: t }),
    echo: (r) => r.query.path,
  },
  {
    name: "moveFiles",
    route: /^POST \/files\/move$/,
    run: (c, t) => c.moveFiles({ bucket: "media", fileIds: ["f_1"], directory: t }),
    echo: field("target_path"),
  },
  {
    name: "copyFile",
    route: /^POST \/files\/copy$/,
    run: (c, t) => c.copyFile({ sourceBucket: "media", targetBucket: t, fileId: "f_1", directory: "d" }),
    echo: field("target_bucket"),
  },
  {
    name: "createUploadToken",
    route: /^POST \/token$/,
    run: (c, t) => c.createUploadToken({ bucket: "media", path: t }),
    echo: field("path"),
  },
  {
    name: "upload",
    route: /^POST \/$/,
    run: (c, t) => c.upload({ bucket: "media", path: t, body: () => Buffer.from("x"), size: 1 }),
    echo: (r) => partOf(r.body, "path"),
  },
];

/** The value of one field of a form, as a server reads it. */
function partOf(body: string, name: string): string | undefined {
  const boundary = body.slice(0, body.indexOf("\r\n"));
  const part = body
    .split(boundary)
    .find((each) => each.startsWith(`\r\nContent-Disposition: form-data; name="${name}"\r\n`));
  return part?.slice(part.indexOf("\r\n\r\n") + 4, -2);
}

function clientNow(): MediasaurClient {
  return new MediasaurClient({ apiKey: KEY, baseUrl: server.url, uploadUrl: server.url, clock: new FakeClock() });
}

test(
  `whatever an id, a name or a path holds, its request goes to its own address and brings it unchanged (seed ${String(SEED)})`,
  async () => {
    const random = seededRandom(SEED);
    for (let index = 0; index < CASES / 2; index += 1) {
      const call = pick(random, CALLS);
      const text = trickyText(random);
      const told = `case ${String(index)}: ${call.name} of ${JSON.stringify(text).slice(0, 300)}`;
      server.seen.length = 0;
      const end: unknown = await call.run(clientNow(), text).catch((error: unknown) => error);
      if (end instanceof Error) {
        if (!(end instanceof MediasaurError)) throw new Error(`${told}: thrown: ${inspect(end)}`);
        const found = watch.find(end);
        if (found.length > 0) throw new Error(`${told}: ${found.join("; ")}`);
      }
      const stray = server.log.filter((line) => !call.route.test(line) && line !== "GET /buckets");
      if (stray.length > 0) throw new Error(`${told}: stray ${stray.join()}`);
      const [first] = server.seen;
      if (first !== undefined && call.echo(first) !== text)
        throw new Error(`${told}: arrived as ${JSON.stringify(call.echo(first))}`);
      count.inputs += 1;
      count.requests += server.seen.length;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  },
  LONGEST_MS,
);

test(
  `whatever a program declares, check answers with problems or an error of the family, and only reads (seed ${String(SEED)})`,
  async () => {
    const random = seededRandom(SEED + 1);
    let passed = 0;
    for (let index = 0; index < CASES / 2; index += 1) {
      const inputs = withoutNulls(trickyInputs(random));
      const told = `case ${String(index)}: ${inspect(inputs, { depth: 5 }).slice(0, 500)}`;
      server.seen.length = 0;
      const config = { apiKey: KEY, baseUrl: server.url, uploadUrl: server.url };
      const session = new Session(config, () => undefined, { client: clientNow(), sleep: () => Promise.resolve() });
      const before = withoutNulls(trickyInputs(random));
      // State holds only what a check once let through.
      const olds = inputProblems(before).length === 0 && knownInputs(before) !== undefined ? before : {};
      try {
        const problems = await checkManagedFile(session, olds, inputs);
        if (problems.length === 0) passed += 1;
        for (const { property, reason } of problems) {
          // What a program itself wrote may be told back to it; the shapes of secrets in it are its own.
          if (typeof property !== "string" || reason === "" || /[\r\n]/.test(reason))
            throw new Error(`${told}: ${reason}`);
        }
        if (inputProblems(inputs).length === 0 && typeof inputs.path === "string" && inputs.path !== UNKNOWN)
          expect(pathProblem(inputs.path)).toBeUndefined();
        diffManagedFile({ ...STATE }, inputs, random() < 0.5);
      } catch (error) {
        if (!(error instanceof MediasaurError)) throw new Error(`${told}: thrown: ${inspect(error)}`);
        const found = watch.find(error);
        if (found.length > 0) throw new Error(`${told}: ${found.join("; ")}`);
      }
      const stray = server.log.filter((line) => !READS.some((route) => route.test(line)));
      if (stray.length > 0) throw new Error(`${told}: stray ${stray.join()}`);
      count.inputs += 1;
      count.requests += server.seen.length;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    // Both sorts came up.
    expect(passed).toBeGreaterThan(CASES / 100);
  },
  LONGEST_MS,
);

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const STATE = {
  bucket: "media",
  path: "a/file.txt",
  fileId: "f_1",
  name: "file.txt",
  directory: "a",
  origin: "adopted" as const,
};
