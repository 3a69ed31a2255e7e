import * as pulumi from "@pulumi/pulumi";
import * as mediasaur from "../../sdk";
import { connect, readFile } from "../../provider/resources/lookups";
import { EmulatorSuite } from "../support/suite";

const VARIABLES = ["MEDIASAUR_API_KEY", "MEDIASAUR_BASE_URL", "MEDIASAUR_UPLOAD_URL"];

function useStack(config: Record<string, string>, secrets: string[] = ["mediasaur:apiKey"]): void {
  pulumi.runtime.setAllConfig(config, secrets);
}

async function inspect<T>(
  output: pulumi.Output<T>,
): Promise<{ value: T | undefined; known: boolean; secret: boolean }> {
  const inside = output as unknown as { promise(): Promise<T>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  const [known, secret] = [await inside.isKnown, await inside.isSecret];
  return { value: known ? await inside.promise() : undefined, known, secret };
}

const paths = (files: { path: string }[]): string[] => files.map(({ path }) => path);
const failure = async (work: Promise<unknown>): Promise<Error> => {
  const error: unknown = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).not.toContain("\n");
  // What Pulumi prints of an Output that fails once the program's main module has run.
  expect((error as Error).stack).toBe((error as Error).message);
  return error as Error;
};

const suite = EmulatorSuite.declare(
  {
    "site/hero.jpg": "PUBLIC",
    "site/.well-known/a.txt": "PUBLIC",
    "site/drafts/b.txt": "PRIVATE",
    "other/c.txt": "PUBLIC",
    "d.txt": "PRIVATE",
  },
  { brand: { plan: "pro", files: [{ path: "logo.svg", content: "x" }] } },
);
beforeEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  useStack(suite.emulator.config);
});

describe("getBucket and getBuckets", () => {
  test("read what the service says", async () => {
    const media = await mediasaur.getBucket({ name: "media" });
    expect(media).toMatchObject({ name: "media", fileCount: 5, details: expect.any(Object) });
    expect((await mediasaur.getBuckets()).map(({ name }) => name)).toEqual(["brand", "media"]);
    expect((await inspect(mediasaur.getBucketOutput({ name: pulumi.output("brand") }).plan)).value).toBe("pro");
    expect((await inspect(mediasaur.getBucketsOutput())).value).toHaveLength(2);
  });

  test("say that a bucket is missing", async () => {
    const { message } = await failure(mediasaur.getBucket({ name: "nope" }));
    expect(message).toMatch(/^getBucket\(\{ name: "nope" \}\): bucket "nope" is missing, or not visible/);
  });
});

describe("getFile", () => {
  test("finds a file by bucket and path, and by id", async () => {
    const { id } = await suite.emulator.file("site/hero.jpg");
    const file = await mediasaur.getFile({ bucket: "media", path: "site/hero.jpg" });
    expect(file).toMatchObject({
      id,
      bucket: "media",
      path: "site/hero.jpg",
      name: "hero.jpg",
      directory: "site",
      visibility: "PUBLIC",
      url: expect.stringContaining("http"),
      size: 24,
      contentType: "image/jpeg",
    });
    expect(await mediasaur.getFile({ id })).toEqual(file);
  });

  test.each([
    [{ bucket: "media", path: "site/nope.jpg" }, /there is no file at this path/],
    [{ bucket: "nope", path: "a" }, /bucket "nope" is missing/],
    [{ id: "f_nope" }, /^getFile\(\{ id: "f_nope" \}\): there is no file of this id/],
    [{ bucket: "media" }, /path is missing/],
    [{ bucket: "media", path: "/site/hero.jpg" }, /starts with a slash/],
    [{}, /either \{ id \} or \{ bucket, path \}/],
    [{ id: "f_1", path: "a" }, /either \{ id \} or \{ bucket, path \}/],
  ])("says in one line what is wrong with %j", async (args, expected) => {
    expect((await failure(mediasaur.getFile(args as mediasaur.GetFileArgs))).message).toMatch(expected);
  });

  test("gives a PRIVATE file's url, and the Output marks it as a secret", async () => {
    await suite.emulator.dialect({ "object.url": "signed_rotating_private" });
    const at = { bucket: "media", path: "d.txt" };
    expect((await mediasaur.getFile(at)).url).toMatch(/^http.*d\.txt\?/);
    expect(await inspect(mediasaur.getFileOutput(at).url)).toMatchObject({
      known: true,
      secret: true,
      value: expect.stringContaining("d.txt"),
    });
    expect((await inspect(mediasaur.getFileOutput({ bucket: "media", path: "site/hero.jpg" }).url)).secret).toBe(false);
  });

  test("marks nothing of a PRIVATE file that has no url", async () => {
    const file = mediasaur.getFileOutput({ bucket: "media", path: "d.txt" });
    expect(await inspect(file.visibility)).toMatchObject({ secret: false, value: "PRIVATE" });
  });

  test("reads the file itself where rows of the listing say little", async () => {
    await suite.emulator.dialect({ "list.rows": "sparse" });
    expect(await mediasaur.getFile({ bucket: "media", path: "site/hero.jpg" })).toMatchObject({
      visibility: "PUBLIC",
      url: expect.any(String),
    });
  });
});

test("getFile by id finds the bucket of a file that does not say which it is in", async () => {
  const file = { id: "f_1", path: "a.txt", name: "a.txt", directory: "", visibility: "PUBLIC" };
  const client = {
    getFile: () => Promise.resolve(file),
    listBuckets: () => Promise.resolve([{ name: "brand" }, { name: "media" }]),
    findFile: ({ bucket }: { bucket: string }) => Promise.resolve(bucket === "media" ? file : { ...file, id: "f_2" }),
  };
  expect(await readFile(client as never, { id: "f_1" })).toMatchObject({ id: "f_1", bucket: "media" });
});

describe("getFiles", () => {
  test.each([
    [{}, ["d.txt", "other/c.txt", "site/.well-known/a.txt", "site/drafts/b.txt", "site/hero.jpg"]],
    [{ prefix: "site/" }, ["site/.well-known/a.txt", "site/drafts/b.txt", "site/hero.jpg"]],
    [{ prefix: "site/h" }, ["site/hero.jpg"]],
    [{ prefix: "", visibility: "PRIVATE" }, ["d.txt", "site/drafts/b.txt"]],
    [{ match: "site/*" }, ["site/hero.jpg"]],
    [{ match: "site/**/*.txt" }, ["site/.well-known/a.txt", "site/drafts/b.txt"]],
    [{ match: "**/*.{jpg,svg}" }, ["site/hero.jpg"]],
    [{ match: "d.txt" }, ["d.txt"]],
    [{ match: "**/c.txt", prefix: "site/" }, []],
    [{ match: "site/**", prefix: "site/d", visibility: "PRIVATE" }, ["site/drafts/b.txt"]],
    [{ match: "site/**", prefix: "other/" }, []],
    [{ match: "SITE/**" }, []],
  ])("lists what fits %j, by path", async (args, expected) => {
    const given = args as Partial<mediasaur.GetFilesArgs>;
    expect(paths(await mediasaur.getFiles({ bucket: "media", ...given }))).toEqual(expected);
    expect(paths((await inspect(mediasaur.getFilesOutput({ bucket: "media", ...given }))).value!)).toEqual(expected);
  });

  test("reads every page", async () => {
    await suite.emulator.seed(
      Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`many/${String(i).padStart(3, "0")}.txt`, "PUBLIC"])),
    );
    const files = await mediasaur.getFiles({ bucket: "media", match: "many/**" });
    expect(files).toHaveLength(250);
    expect(new Set(paths(files)).size).toBe(250);
  });

  test("leaves out the url of PRIVATE files, so that a list is no secret", async () => {
    await suite.emulator.dialect({ "object.url": "signed_rotating_private" });
    const { value, secret } = await inspect(mediasaur.getFilesOutput({ bucket: "media" }));
    expect(secret).toBe(false);
    expect(value!.filter(({ url }) => url !== undefined).map(({ visibility }) => visibility)).toEqual(
      Array(3).fill("PUBLIC"),
    );
  });

  test("asks the files themselves where the listing does not say who may see them", async () => {
    await suite.emulator.dialect({ "list.rows": "sparse" });
    expect(paths(await mediasaur.getFiles({ bucket: "media", visibility: "PRIVATE" }))).toEqual([
      "d.txt",
      "site/drafts/b.txt",
    ]);
  });

  test.each([
    [{ bucket: "nope" }, /bucket "nope" is missing/],
    [{ bucket: "media", prefix: "/site" }, /prefix starts with a slash/],
    [{ bucket: "media", match: "" }, /match has to be a string that is not empty/],
    [{ bucket: "media", visibility: "public" }, /"PUBLIC" or "PRIVATE"/],
  ])("says in one line what is wrong with %j", async (args, expected) => {
    expect((await failure(mediasaur.getFiles(args as mediasaur.GetFilesArgs))).message).toMatch(expected);
  });
});

describe("configuration", () => {
  test("comes from the environment where the stack has none", async () => {
    useStack({});
    Object.assign(process.env, suite.emulator.environment);
    expect(await mediasaur.getBuckets()).toHaveLength(2);
  });

  test("is taken from the stack first, and from the environment when that key is refused", async () => {
    useStack({ ...suite.emulator.config, "mediasaur:apiKey": "sk_revoked_0123456789" });
    const { message } = await failure(mediasaur.getBuckets());
    expect(message).toMatch(/401 unauthorized/);
    expect(message).not.toContain("sk_revoked");
    process.env["MEDIASAUR_API_KEY"] = suite.emulator.handle.apiKey;
    expect(await mediasaur.getBuckets()).toHaveLength(2);
  });

  test("without a key is an error that says how to set one", async () => {
    useStack({});
    expect((await failure(mediasaur.getBuckets())).message).toMatch(/no API key is configured/);
  });

  test("with a key in clear text is refused before any request", async () => {
    useStack(suite.emulator.config, []);
    await suite.emulator.forget();
    expect((await failure(mediasaur.getBuckets())).message).toMatch(/set in clear text/);
    expect(await suite.emulator.requests()).toEqual([]);
  });

  test("makes one client", () => {
    const read = (key: string): string | undefined => suite.emulator.config[key];
    expect(connect(read)).toBe(connect(read));
    expect(connect(read)).not.toBe(connect((key) => (key === "mediasaur:apiKey" ? "sk_another_key" : read(key))));
  });
});

describe("in preview", () => {
  beforeAll(async () => {
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "x", state: {} }) }, "p", "s", true);
  });
  afterAll(async () => {
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "x", state: {} }) }, "p", "s", false);
  });

  test("functions answer, and stay unknown where an argument is", async () => {
    const unknown = pulumi.unknown as unknown as string;
    await suite.emulator.forget();
    const asked = [
      mediasaur.getFileOutput({ id: unknown }),
      mediasaur.getFileOutput({ bucket: "media", path: unknown }),
      mediasaur.getFilesOutput({ bucket: "media", prefix: unknown }),
      mediasaur.getBucketOutput({ name: unknown }),
    ];
    for (const output of asked) expect((await inspect<unknown>(output)).known).toBe(false);
    expect(await suite.emulator.requests()).toEqual([]);
    expect((await inspect(mediasaur.getBucketOutput({ name: "media" }).fileCount)).value).toBe(5);
  });

  test("a secret argument makes the answer a secret", async () => {
    expect((await inspect(mediasaur.getBucketOutput({ name: pulumi.secret("media") }))).secret).toBe(true);
  });
});
