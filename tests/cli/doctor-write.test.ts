import { spawn } from "node:child_process";
import { join } from "node:path";
import { dialects } from "mediasaur-emulator";
import { figure, share } from "../support/figures";
import { ROOT } from "../support/projects";
import { EmulatorSuite } from "../support/suite";
import { ONE_LINE, run } from "./command";

interface Report {
  ok: boolean;
  experiments: {
    folder: string;
    answers: { name: string; answer?: string; detail?: string }[];
    dialect: string;
    problems: string[];
    left: string[];
    interrupted: boolean;
  };
}

const MEDIA = { "site/hero.jpg": "PUBLIC", "internal/prices.csv": "PRIVATE" };

const suite = EmulatorSuite.declare(MEDIA);

const read = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(",")
      .filter(Boolean)
      .map((each) => each.split("=") as [string, string]),
  );

const truth = async (): Promise<string[]> =>
  (await suite.emulator.files()).map(({ id, path, visibility, sha256 }) => [id, path, visibility, sha256].join(" "));

async function experiment(expectedCode = 0): Promise<Report["experiments"]> {
  const args = ["doctor", "--bucket", "media", "--write", "--json"];
  const { code, stdout, stderr } = await run(args, suite.emulator.environment);
  expect({ code, stderr }).toEqual({ code: expectedCode, stderr: "" });
  return (JSON.parse(stdout) as Report).experiments;
}

// Between them, every value of every switch that doctor asks for.
const DIALECTS = [
  "",
  "object.path=directory,list.filter=dir_recursive,upload.bucket_field=query,upload.answer=201,upload.conflict=409,move.conflict=overwrite,move.id=new,copy.conflict=overwrite,delete.answer=200_success,delete.repeat=200,patch.answer=success,copy.answer=ids,move.answer=ids",
  "object.path=directory_slash,list.filter=dir_one_level,upload.bucket_field=token_only,upload.answer=wrapped,upload.conflict=overwrite_new_id,move.conflict=auto_rename,copy.conflict=auto_rename,upload.token=reusable,upload.token_prefix=bare_jwt,patch.path=directory,patch.name=without_extension,copy.target=full,error.missing=403,copy.answer=count,move.answer=count",
  "object.path=bucket_prefixed,list.filter=needs_trailing_slash,upload.default_visibility=PRIVATE,upload.answer=url_only,upload.conflict=auto_rename,move.conflict=duplicate,copy.conflict=duplicate,copy.visibility=default,patch.path=rejected_400,patch.multi=partial_then_error,copy.target=by_trailing_slash,error.missing=400,delete.answer=200_object,move.root=slash",
  "object.path=full_leading_slash,list.filter=rejects_trailing_slash,upload.conflict=duplicate,move.conflict=skip_silently,copy.conflict=skip_silently,move.root=both,copy.target=by_extension,delete.kind=soft_gone_marker,path.sanitise=spaces_to_underscore,copy.answer=empty_object,move.answer=empty_object,delete.answer=202",
  "list.filter=ilike,upload.conflict=version,move.conflict=version,copy.conflict=version,path.case=lowercased,path.sanitise=nfc,patch.answer=204,copy.answer=204,move.answer=204",
  "consistency=list_lag,path.sanitise=percent_decoded,patch.answer=partial_object,copy.answer=207_items,move.answer=207_items,patch.name=label_only",
  "consistency=detail_lag,list.max_limit=reject_over,path.case=insensitive_preserving,copy.answer=problems_map_200,move.answer=problems_map_200",
  "list.max_limit=10,upload.answer=202_processing,copy.answer=202_async,move.answer=202_async,delete.kind=lag:4",
];
// Switches that change what everything looks like, and no answer.
const MANNERS = [
  "object.envelope=data,object.id=file_id,object.case=camel,list.envelope=data_total,error.shape=error_string",
  "object.envelope=success_data,object.id=uuid,object.case=pascal,list.envelope=bare,list.rows=sparse,error.shape=problem_json",
  "object.id=numeric_id,object.visibility=is_public,object.url=signed_rotating_private,list.envelope=results_next,error.status=always_400_body_code",
  "object.envelope=file,object.visibility=lower,object.size=absent,list.envelope=items_has_more,list.rows=relative_names,error.status=200_success_false",
];

describe("doctor --write", () => {
  const cases = [
    ...DIALECTS.map((dialect) => [dialect]),
    ...MANNERS.map((manner, index) => [[manner, DIALECTS[index + 1]].join(",")]),
  ];

  test.each(cases.slice(0, share(6, cases.length)))(
    "gives the answers that the service gives, and leaves nothing behind: %s",
    async (text) => {
      const dialect = read(text);
      if (dialect["list.max_limit"] === "10") {
        const more = Array.from({ length: 30 }, (_, index) => [`many/${index}.txt`, "PUBLIC"]);
        await suite.emulator.seed({ ...MEDIA, ...(Object.fromEntries(more) as Record<string, string>) });
      }
      await suite.emulator.dialect(dialect);
      const before = await truth();
      const { answers, problems, left } = await experiment();
      expect({ problems, left }).toEqual({ problems: [], left: [] });
      const right = (name: string): string =>
        (dialect[name] ?? dialects[name as keyof typeof dialects].values[0]).split(":")[0]!;
      const told = Object.fromEntries(answers.map(({ name, answer }) => [name, answer ?? "not found out"]));
      const expected = Object.fromEntries(answers.map(({ name }) => [name, right(name)]));
      // A bucket of few files does not show how long a page may be.
      if (["none", "100", "50"].includes(expected["list.max_limit"]!)) expected["list.max_limit"] = "not found out";
      // Nor two files at one path, whether spellings are two paths; nor what is done later, why nothing came of it.
      if (dialect["upload.conflict"] === "duplicate") expected["path.case"] = "not found out";
      for (const way of ["move", "copy"])
        if (dialect[`${way}.answer`] === "202_async") expected[`${way}.conflict`] = "not found out";
      expect(told).toEqual(expected);
      expect(await truth()).toEqual(before);
    },
  );

  test("asks for every switch's every value, in the emulator's words", async () => {
    const { answers, dialect } = await experiment();
    for (const { name } of answers) expect(Object.keys(dialects)).toContain(name);
    for (const [name, value] of Object.entries(read(dialect)))
      expect(dialects[name as keyof typeof dialects].values).toContain(value);
    const asked = answers.map(({ name }) => name);
    const values = asked.flatMap((name) =>
      dialects[name as keyof typeof dialects].values.map((value) => `${name}=${value}`),
    );
    const covered = new Set([
      ...DIALECTS.flatMap((text) => Object.entries(read(text)).map((pair) => pair.join("=").split(":")[0]!)),
    ]);
    const first = new Set(asked.map((name) => `${name}=${dialects[name as keyof typeof dialects].values[0]}`));
    const unknowable = new Set(["list.max_limit=100", "list.max_limit=50"]);
    expect(values.filter((value) => !covered.has(value) && !first.has(value) && !unknowable.has(value))).toEqual([]);
    figure("doctor --write", `${asked.length} questions, ${values.length} answers, asked of ${cases.length} dialects`);
  });

  test("prints the answers as a table, and the emulator that gives the same", async () => {
    const { code, stdout } = await run(["doctor", "--bucket", "media", "--write"], suite.emulator.environment);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nDoes a file keep its id when it moves\? +kept\n/);
    expect(stdout).toMatch(/npx mediasaur-emulator --dialect object\.path=full,/);
    expect(stdout).toMatch(/folder \.mediasaur-doctor-[0-9a-f]{8} was made for this, and nothing is left of it/);
    expect(stdout).not.toContain("Assumed");
    expect(stdout).not.toContain(suite.emulator.handle.apiKey);
  });

  test("needs a bucket, and writes nothing where a check fails or it was not asked for", async () => {
    const { code, stderr } = await run(["doctor", "--write"], suite.emulator.environment);
    expect(code).toBe(2);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toContain("--write needs --bucket");
    expect((await run(["doctor", "--write", "--bucket", "nope"], suite.emulator.environment)).code).toBe(1);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("cleans up after experiments that fail, and says which", async () => {
    await suite.emulator.faults([{ op: "moveFiles", kind: "status", args: { status: 500 } }]);
    const before = await truth();
    const { answers, problems } = await experiment();
    expect(answers.find(({ name }) => name === "move.id")?.answer).toBeUndefined();
    expect(answers.find(({ name }) => name === "copy.target")?.answer).toBe("directory");
    expect(problems).toEqual([]);
    expect(await truth()).toEqual(before);
  });

  test("says what it could not take away", async () => {
    await suite.emulator.faults([{ op: "deleteFile", kind: "status", args: { status: 403 } }]);
    const { left, folder } = await experiment(1);
    const stays = (await suite.emulator.files()).filter(({ path }) => path.startsWith(folder));
    expect(stays.length).toBeGreaterThan(10);
    for (const { id } of stays) expect(left.join("\n")).toContain(id);
  });

  test("cleans up when it is interrupted", async () => {
    const before = await truth();
    const args = ["doctor", "--bucket", "media", "--write", "--json"];
    const child = spawn(process.execPath, [join(ROOT, "bin", "pulumi-mediasaur.js"), ...args], {
      env: { ...process.env, ...suite.emulator.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    while ((await suite.emulator.files()).length < before.length + 5)
      await new Promise((resolve) => setImmediate(resolve));
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(stderr).toMatch(ONE_LINE);
    expect((JSON.parse(stdout) as Report).experiments).toMatchObject({ interrupted: true, left: [] });
    expect(await truth()).toEqual(before);
  });
});
