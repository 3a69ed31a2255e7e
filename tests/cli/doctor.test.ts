import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { EmulatorSuite } from "../support/suite";
import { run } from "./command";

interface Report {
  ok: boolean;
  bucket?: string;
  checks: { id: string; status: string; detail: string }[];
  assumptions: string[];
}

const suite = EmulatorSuite.declare(
  { "site/hero.jpg": "PUBLIC", "site/logo.svg": "PUBLIC", "internal/prices.csv": "PRIVATE" },
  { empty: { files: [] } },
);

async function diagnose(
  args: string[] = [],
  env: NodeJS.ProcessEnv = suite.emulator.environment,
): Promise<Report & { code: number | null }> {
  const { code, stdout, stderr } = await run(["doctor", "--json", ...args], env);
  expect(stderr).toBe("");
  return { code, ...(JSON.parse(stdout) as Report) };
}

const statuses = ({ checks }: Report): Record<string, string> =>
  Object.fromEntries(checks.map(({ id, status }) => [id, status]));
const detailOf = ({ checks }: Report, id: string): string => checks.find((each) => each.id === id)?.detail ?? "";

describe("doctor", () => {
  test("finds nothing wrong with a service that is as documented, and writes nothing", async () => {
    const report = await diagnose();
    expect(report).toMatchObject({ code: 0, ok: true, bucket: "media" });
    expect(new Set(Object.values(statuses(report)))).toEqual(new Set(["ok"]));
    expect(report.checks).toHaveLength(12);
    expect(report.assumptions.length).toBeGreaterThan(3);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("prints a table without colours where there is no terminal", async () => {
    const { code, stdout } = await run(["doctor", "--bucket", "media"], suite.emulator.environment);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}configuration {4}files at http/);
    expect(stdout).toMatch(/\nok +paging +offset works\n/);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain(suite.emulator.handle.apiKey);
  });

  // Every way of reading answers that the emulator has, several at a time.
  test.each([
    "list.envelope=data_total,object.envelope=data,object.id=file_id,object.case=camel,object.path=directory,bucket.envelope=data",
    "list.envelope=bare,object.envelope=file,object.id=uuid,object.case=pascal,object.path=bucket_prefixed,bucket.envelope=bare",
    "list.envelope=items_has_more,list.total=false,object.id=numeric_id,object.path=full_leading_slash,list.max_limit=10",
    "list.envelope=results_next,object.envelope=success_data,object.path=directory_slash,list.max_limit=reject_over",
    "list.envelope=data_nested_files,list.total=string,object.visibility=lower,list.filter=dir_recursive",
    "list.total=page_count,object.visibility=is_public,object.url=signed_rotating_private,list.filter=dir_one_level",
    "object.visibility=is_private,object.url=same_url,object.size=absent,list.filter=needs_trailing_slash",
    "object.visibility=access,list.order=random_per_request,list.rows=with_folder_rows,list.filter=ilike",
    "list.rows=relative_names,list.filter=rejects_trailing_slash,bucket.usage=absent,bucket.plan=null",
    "error.shape=problem_json,error.status=always_400_body_code,bucket.usage=flat,bucket.plan=object",
    "error.shape=statusCode_error_message,error.status=200_success_false,object.time=epoch_ms",
    "error.shape=empty,list.order=path_asc",
  ])("finds nothing wrong with a service that answers otherwise: %s", async (dialect) => {
    await suite.emulator.dialect(
      Object.fromEntries(dialect.split(",").map((each) => each.split("=") as [string, string])),
    );
    const report = await diagnose(["--bucket", "media"]);
    expect(report.checks.filter(({ status }) => status === "failed")).toEqual([]);
    expect(report.code).toBe(0);
  });

  test("fails on a key that is refused, and shows no key", async () => {
    const report = await diagnose([], { ...suite.emulator.environment, MEDIASAUR_API_KEY: "sk_refused_0123456789" });
    expect(report).toMatchObject({ code: 1, ok: false });
    expect(detailOf(report, "key")).toMatch(/401 unauthorized: the API key in MEDIASAUR_API_KEY was refused/);
    expect(JSON.stringify(report)).not.toContain("sk_refused");
  });

  test("fails without a key", async () => {
    const report = await diagnose([], {});
    expect(report).toMatchObject({ code: 1, ok: false });
    expect(statuses(report)).toEqual({ configuration: "failed" });
  });

  test("warns of uploads that would go to another service", async () => {
    const { MEDIASAUR_UPLOAD_URL: _, ...env } = suite.emulator.environment;
    const report = await diagnose([], env);
    expect(report.code).toBe(0);
    expect(statuses(report)).toMatchObject({ configuration: "warning", uploads: "skipped" });
  });

  test("fails on a bucket that is missing", async () => {
    const report = await diagnose(["--bucket", "nope"]);
    expect(report.code).toBe(1);
    expect(detailOf(report, "bucket")).toMatch(/"nope" is missing/);
  });

  test("says what an empty bucket can't show", async () => {
    const report = await diagnose(["--bucket", "empty"]);
    expect(report.code).toBe(0);
    expect(statuses(report)).toMatchObject({ paging: "skipped", details: "skipped", "free-path": "ok" });
  });

  test("warns of a listing that does not say who may see a file", async () => {
    await suite.emulator.dialect({ "list.rows": "sparse" });
    const report = await diagnose();
    expect(report.code).toBe(0);
    expect(statuses(report)).toMatchObject({ listing: "warning", details: "ok" });
  });

  test("warns where a missing file is no 404", async () => {
    await suite.emulator.dialect({ "error.missing": "403" });
    const report = await diagnose();
    expect(statuses(report)).toMatchObject({ "missing-file": "warning", "missing-bucket": "warning" });
  });

  test("fails on answers that are not the API's", async () => {
    await suite.emulator.faults([{ op: "listFiles", kind: "garbage", args: { body: "html" } }]);
    const report = await diagnose();
    expect(report.code).toBe(1);
    expect(statuses(report)).toMatchObject({ listing: "failed" });
  });
});

describe("doctor, at a service that can't be used", () => {
  let server: Server;
  let baseUrl: string;
  let answer: (url: URL) => unknown;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader("date", new Date(Date.now() + 3_600_000).toUTCString());
      const body = answer(new URL(request.url ?? "/", "http://x"));
      response.statusCode = body === undefined ? 404 : 200;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body ?? { detail: "File not found" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const env = (): NodeJS.ProcessEnv => ({
    MEDIASAUR_API_KEY: "sk_any_0123456789",
    MEDIASAUR_BASE_URL: baseUrl,
    MEDIASAUR_UPLOAD_URL: baseUrl,
  });
  const files = ["f_1", "f_2"].map((id) => ({
    id,
    path: `a/${id}.txt`,
    visibility: "PUBLIC",
    url: `http://x/a/${id}.txt`,
  }));

  test("fails where offset is ignored, and sees a clock that is wrong", async () => {
    answer = ({ pathname, searchParams }) => {
      if (pathname === "/buckets") return { buckets: [{ name: "media" }] };
      if (pathname === "/buckets/media") return { name: "media" };
      if (pathname === "/files") return { files: searchParams.get("path") === null ? files : [], total: 2 };
      return files.find(({ id }) => pathname === `/files/${id}`);
    };
    const report = await diagnose([], env());
    expect(report.code).toBe(1);
    expect(statuses(report)).toMatchObject({ paging: "failed", clock: "warning" });
    expect(detailOf(report, "clock")).toMatch(/clock is 3[56]\d\d s behind/);
  });

  test("fails where no answer says who may see a file, and where paths do not agree", async () => {
    let detail: (file: object) => object = ({ ...file }) => ({ ...file, visibility: undefined });
    answer = ({ pathname, searchParams }) => {
      if (pathname === "/buckets") return { buckets: [{ name: "media" }] };
      if (pathname === "/buckets/media") return { name: "media" };
      if (pathname === "/files")
        return {
          files: files
            .slice(Number(searchParams.get("offset")))
            .filter(({ path }) => path.startsWith(searchParams.get("path") ?? "")),
        };
      const file = files.find(({ id }) => pathname === `/files/${id}`);
      return file && detail(file);
    };
    expect(detailOf(await diagnose([], env()), "details")).toMatch(/do not say who may see it/);
    detail = (file) => ({ ...file, path: "b/other.txt", url: undefined });
    expect(detailOf(await diagnose([], env()), "details")).toMatch(
      /is listed at "a\/f_1.txt", its details say "b\/other/,
    );
  });
});
