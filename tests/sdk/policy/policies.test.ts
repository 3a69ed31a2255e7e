import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { noPublicFiles, protectedDeletes, visibilityRules, type FilePolicy } from "../../../sdk/policy";

const FILE = "pulumi-nodejs:dynamic/mediasaur:ManagedFile";
const LAYOUT = "pulumi-nodejs:dynamic/mediasaur:FileLayout";
const UNKNOWN = Symbol("unknown");

/** Properties as the policy SDK gives them: the touch of one that is not known throws. */
function properties<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (found === UNKNOWN) throw Object.assign(new Error("can't be known"), { unknownTypeSentinel: "x" });
      return properties(found);
    },
  });
}

type Props = Record<string, unknown>;
const argsOf = (type: string, props: Props): ResourceValidationArgs =>
  ({ type, urn: `urn::${type}`, props: properties(props) }) as unknown as ResourceValidationArgs;

/** What a policy says of what is declared. */
function said(policy: FilePolicy, type: string, props: Props): string[] {
  const messages: string[] = [];
  const { validateResource } = policy;
  if (typeof validateResource !== "function") throw new Error("one function");
  void validateResource(argsOf(type, props), (message) => messages.push(message));
  return messages;
}

/** What a policy says of what came of it. */
function saidAfter(policy: FilePolicy, type: string, props: Props): string[] {
  const messages: string[] = [];
  const args = { resources: [argsOf(type, props)] } as unknown as StackValidationArgs;
  void policy.validateStack(args, (message) => messages.push(message));
  return messages;
}

const rules = visibilityRules({
  rules: [
    { match: ["drafts/**", "internal/**"], visibility: "PRIVATE" },
    { match: "site/**", visibility: "PUBLIC" },
  ],
});
const declared = (path: unknown, more: Props = {}): Props => ({ bucket: "media", path, ...more });

describe("visibilityRules", () => {
  test.each([
    ["drafts/a.txt", "PUBLIC", 1],
    ["drafts/a.txt", "PRIVATE", 0],
    ["internal/.hidden", "PUBLIC", 1],
    ["site/a.txt", "PRIVATE", 1],
    ["site/a.txt", "PUBLIC", 0],
    ["other/a.txt", "PUBLIC", 0],
    ["drafts/a.txt", undefined, 0],
    ["drafts/a.txt", UNKNOWN, 0],
    [UNKNOWN, "PUBLIC", 0],
  ])("of a ManagedFile at %p that is declared %p says %p times that it is wrong", (path, visibility, count) => {
    expect(said(rules, FILE, declared(path, { visibility }))).toHaveLength(count);
  });

  test("the first rule that matches wins", () => {
    const ordered = visibilityRules({
      rules: [
        { match: "site/drafts/**", visibility: "PRIVATE" },
        { match: "site/**", visibility: "PUBLIC" },
      ],
    });
    expect(said(ordered, FILE, declared("site/drafts/a", { visibility: "PRIVATE" }))).toEqual([]);
    expect(said(ordered, FILE, declared("site/drafts/a", { visibility: "PUBLIC" }))).toEqual([
      '"site/drafts/a" in bucket "media" is PUBLIC; files that match "site/drafts/**" have to be PRIVATE. ' +
        'Declare visibility: "PRIVATE" for it.',
    ]);
  });

  test("says nothing of resources that are not ours", () => {
    expect(said(rules, "aws:s3:BucketObject", declared("drafts/a", { visibility: "PUBLIC" }))).toEqual([]);
    expect(saidAfter(rules, "aws:s3:BucketObject", declared("drafts/a", { visibility: "PUBLIC" }))).toEqual([]);
  });

  test("judges a file without a declared visibility by what it is, and says the rest only once", () => {
    expect(saidAfter(rules, FILE, declared("drafts/a", { visibility: "PUBLIC" }))).toHaveLength(1);
    expect(saidAfter(rules, FILE, declared("drafts/a", { visibility: "PRIVATE" }))).toEqual([]);
    expect(said(rules, FILE, declared("drafts/a", { visibility: "PUBLIC" }))).toHaveLength(1);
    expect(saidAfter(rules, FILE, declared("drafts/a", { visibility: "PUBLIC" }))).toEqual([]);
    // Put right in the program, and wrong all the same in the end.
    expect(said(rules, FILE, declared("drafts/a", { visibility: "PRIVATE" }))).toEqual([]);
    expect(saidAfter(rules, FILE, declared("drafts/a", { visibility: "PUBLIC" }))).toHaveLength(1);
  });

  test("judges the files of a layout by their own visibility, else by the layout's rules", () => {
    const layout = {
      bucket: "media",
      rules: [
        { match: "drafts/open/**", visibility: "PUBLIC" },
        { match: "**", visibility: "PRIVATE" },
      ],
      declared: {
        own: { path: "drafts/a", visibility: "PUBLIC" },
        ruled: { path: "drafts/open/b" },
        fine: { path: "drafts/c" },
        page: { path: "site/d", visibility: "PUBLIC" },
        unknown: { path: UNKNOWN, visibility: "PUBLIC" },
        nothing: UNKNOWN,
      },
    };
    expect(said(rules, LAYOUT, layout)).toEqual([
      expect.stringMatching(/^"drafts\/a" in bucket "media" is PUBLIC; /),
      expect.stringMatching(/^"drafts\/open\/b" in bucket "media" is PUBLIC by a rule of its layout; /),
    ]);
    // A rule that is not known yet may be the one that matches.
    expect(said(rules, LAYOUT, { ...layout, rules: [{ match: UNKNOWN, visibility: "PUBLIC" }] })).toHaveLength(1);
    expect(said(rules, LAYOUT, { ...layout, rules: UNKNOWN })).toHaveLength(1);
    expect(said(rules, LAYOUT, { ...layout, declared: UNKNOWN })).toEqual([]);
  });

  test("judges the files of a layout as they are, those that nobody declared among them", () => {
    const found = {
      bucket: "media",
      files: { a: { path: "drafts/a", visibility: "PUBLIC" }, b: { path: "drafts/b", visibility: "PRIVATE" } },
    };
    expect(saidAfter(rules, LAYOUT, found)).toEqual([expect.stringContaining('"drafts/a"')]);
    expect(saidAfter(rules, LAYOUT, { bucket: "media", files: UNKNOWN })).toEqual([]);
    const report = LAYOUT.replace("FileLayout", "UndeclaredFilesReport");
    const unmanagedFiles = [{ id: "f_9", path: "internal/x", visibility: "PUBLIC" }];
    expect(saidAfter(rules, report, { bucket: "media", unmanagedFiles })).toEqual([
      expect.stringContaining('"internal/x" in bucket "media"'),
    ]);
    expect(saidAfter(rules, report, { bucket: "media", unmanagedFiles: UNKNOWN })).toEqual([]);
  });

  test.each([
    [{ match: "", visibility: "PUBLIC" }, /rules\[0\]\.match .*not empty/],
    [{ match: "/site/**", visibility: "PUBLIC" }, /starts with a slash/],
    [{ match: "site/**", visibility: "SECRET" }, /rules\[0\]\.visibility has to be/],
  ])("refuses %j", (rule, expected) => {
    expect(() => visibilityRules({ rules: [rule as never] })).toThrow(expected);
  });
});

describe("noPublicFiles", () => {
  test("lets only the exceptions be public", () => {
    const policy = noPublicFiles({ except: ["site/**", "logo.svg"] });
    expect(said(policy, FILE, declared("site/a", { visibility: "PUBLIC" }))).toEqual([]);
    expect(said(policy, FILE, declared("logo.svg", { visibility: "PUBLIC" }))).toEqual([]);
    expect(said(policy, FILE, declared("prices.csv", { visibility: "PUBLIC" }))).toHaveLength(1);
    expect(said(noPublicFiles(), FILE, declared("site/a", { visibility: "PUBLIC" }))).toHaveLength(1);
  });
});

describe("protectedDeletes", () => {
  const policy = protectedDeletes({ match: "legal/**" });
  const upload = { source: { upload: {} } };

  test.each<[string, Props, number]>([
    ["a declared DELETE", { deletionPolicy: "DELETE" }, 1],
    ["a declared RETAIN", { deletionPolicy: "RETAIN", ...upload }, 0],
    ["an upload with the default", upload, 1],
    ["a copy with the default", { source: { copy: { path: "x" } } }, 1],
    ["an adoption with the default", { source: { adopt: { path: "x" } } }, 0],
    ["no source", {}, 0],
    ["a policy that is not known yet", { deletionPolicy: UNKNOWN, ...upload }, 0],
    ["a source that is not known yet", { source: UNKNOWN }, 0],
  ])("of %s", (_, more, count) => {
    expect(said(policy, FILE, declared("legal/a.pdf", more))).toHaveLength(count);
    expect(said(policy, FILE, declared("site/a.pdf", more))).toEqual([]);
    const { deletionPolicy, source } = more;
    const layout = { bucket: "media", deletionPolicy, declared: { a: { path: "legal/a.pdf", source } } };
    expect(said(policy, LAYOUT, layout)).toHaveLength(count);
  });

  test("knows a file that the program made once, though its source is gone from the program", () => {
    expect(saidAfter(policy, FILE, declared("legal/a", { origin: "uploaded" }))).toHaveLength(1);
    expect(saidAfter(policy, FILE, declared("legal/a", { origin: "adopted" }))).toEqual([]);
  });

  test.each([
    [undefined, 1],
    ["legal/", 1],
    ["legal/2024/", 1],
    ["", 1],
    ["site/", 0],
    [UNKNOWN, 0],
  ])("of a layout that deletes what nobody declared under %p", (prefix, count) => {
    const layout = { bucket: "media", declared: {}, unmanaged: "DELETE", prefix };
    expect(said(policy, LAYOUT, layout)).toHaveLength(count);
    expect(said(policy, LAYOUT, { ...layout, unmanaged: "REPORT" })).toEqual([]);
  });
});

describe("remediation", () => {
  const repaired = (policy: FilePolicy, type: string, props: Props): unknown =>
    policy.remediateResource?.(argsOf(type, props));

  test("declares the visibility that is wanted, and leaves right files alone", () => {
    const wrong = declared("drafts/a", { visibility: "PUBLIC" });
    expect(repaired(rules, FILE, wrong)).toBeDefined();
    expect(wrong.visibility).toBe("PRIVATE");
    const silent = declared("drafts/a");
    repaired(rules, FILE, silent);
    expect(silent.visibility).toBe("PRIVATE");
    for (const right of [
      declared("drafts/a", { visibility: "PRIVATE" }),
      declared("other/a", { visibility: "PUBLIC" }),
      declared(UNKNOWN),
      declared("drafts/a", { visibility: UNKNOWN }),
    ]) {
      const before = { ...right };
      expect(repaired(rules, FILE, right)).toBeUndefined();
      expect(right).toEqual(before);
    }
  });

  test("declares it for the files of a layout that need it", () => {
    const files: Record<string, Props> = {
      a: { path: "drafts/a", visibility: "PUBLIC" },
      b: { path: "site/b" },
      c: { path: "x" },
    };
    const layout = { bucket: "media", rules: [{ match: "site/**", visibility: "PUBLIC" }], declared: files };
    expect(repaired(rules, LAYOUT, layout)).toBeDefined();
    expect(files).toEqual({ a: { path: "drafts/a", visibility: "PRIVATE" }, b: { path: "site/b" }, c: { path: "x" } });
    expect(repaired(rules, LAYOUT, layout)).toBeUndefined();
  });

  test("keeps protected files, and those of a layout that deletes what nobody declared", () => {
    const policy = protectedDeletes({ match: "legal/**" });
    const file = declared("legal/a", { source: { upload: {} } });
    repaired(policy, FILE, file);
    expect(file.deletionPolicy).toBe("RETAIN");
    const layout: Props = {
      bucket: "media",
      declared: { a: { path: "legal/a" } },
      deletionPolicy: "DELETE",
      unmanaged: "DELETE",
    };
    repaired(policy, LAYOUT, layout);
    expect(layout).toMatchObject({ deletionPolicy: "RETAIN", unmanaged: "REPORT" });
    expect(repaired(policy, LAYOUT, layout)).toBeUndefined();
  });
});
