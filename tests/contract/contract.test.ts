import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");
const METHODS = ["get", "put", "post", "patch", "delete"];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document, whose shape is what is tested
type Json = Record<string, any>;
const contract = parse(readFileSync(join(ROOT, "provider/contract/openapi.yaml"), "utf8")) as Json;

/** What the public documentation names: parameters by place, body fields; `!` marks those it says are required. */
const DOCUMENTED: Record<string, { path?: string[]; query?: string[]; body?: string[]; answer?: string[] }> = {
  "GET /buckets": {},
  "GET /buckets/{bucket_name}": { path: ["bucket_name!"] },
  "GET /files": { query: ["bucket!", "path", "limit", "offset"] },
  "GET /files/{file_id}": { path: ["file_id!"], answer: ["url", "metadata", "visibility"] },
  "PATCH /files/{file_id}": { path: ["file_id!"], body: ["name", "path", "visibility"] },
  "DELETE /files/{file_id}": { path: ["file_id!"] },
  "POST /files/copy": { body: ["source_bucket!", "target_bucket!", "target_path!", "source_path", "file_ids"] },
  "POST /files/move": { body: ["bucket!", "file_ids!", "target_path!"] },
  "POST /token": { body: ["bucket!", "path!", "expires_in"], answer: ["token"] },
  "POST /": { body: ["path!", "file!"], answer: ["url"] },
};

const resolve = (node: Json): Json => {
  if (typeof node.$ref !== "string") return node;
  const target = node.$ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<Json | undefined>((at, key) => at?.[key], contract);
  if (target === undefined) throw new Error(`${node.$ref} leads nowhere`);
  return resolve(target);
};

const operations = new Map<string, { operation: Json; parameters: Json[] }>();
for (const [path, item] of Object.entries<Json>(contract.paths)) {
  for (const method of METHODS.filter((name) => name in item)) {
    const operation = item[method] as Json;
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
    operations.set(`${method.toUpperCase()} ${path}`, { operation, parameters });
  }
}

const operationOf = (name: string) => {
  const found = operations.get(name);
  if (found === undefined) throw new Error(`the contract has no ${name}`);
  return found;
};
const marked = (name: string, required: unknown): string => (required === true ? `${name}!` : name);
const schemaIn = (holder: Json | undefined): Json => {
  const content = Object.values<Json>(holder?.content ?? {})[0];
  return content ? resolve(content.schema) : {};
};
const fieldsOf = (schema: Json): Map<string, Json> =>
  new Map(
    Object.entries<Json>(schema.properties ?? {}).map(([name, field]) => [
      marked(name, schema.required?.includes(name)),
      resolve(field),
    ]),
  );
const documentedFieldsOf = (schema: Json): string[] =>
  [...fieldsOf(schema)].filter(([, field]) => field["x-evidence"] === "documented").map(([name]) => name);

test("has the documented operations, and no others", () => {
  expect([...operations.keys()].sort()).toEqual(Object.keys(DOCUMENTED).sort());
});

describe.each(Object.entries(DOCUMENTED))("%s", (name, { path = [], query = [], body = [], answer = [] }) => {
  test("takes the documented parameters, and no others", () => {
    const { parameters } = operationOf(name);
    const inPlace = (place: string): string[] =>
      parameters.filter((one) => one.in === place).map((one) => marked(one.name, one.required));
    expect(inPlace("path")).toEqual(path);
    expect(inPlace("query").sort()).toEqual([...query].sort());
    expect(parameters.filter((one) => one["x-evidence"] !== "documented")).toEqual([]);
  });

  test("marks as documented the body fields that are, and requires those that must be there", () => {
    const documented = documentedFieldsOf(schemaIn(operationOf(name).operation.requestBody));
    expect(documented.sort()).toEqual([...body].sort());
  });

  test("marks as documented what the documentation says of the answer", () => {
    const answers = operationOf(name).operation.responses as Record<string, Json>;
    const success = Object.keys(answers).find((status) => status.startsWith("2"));
    const fields = documentedFieldsOf(schemaIn(answers[success ?? ""]));
    expect(fields.map((field) => field.replace("!", ""))).toEqual(expect.arrayContaining(answer));
  });

  test("is named, and says where its evidence is", () => {
    const { operation } = operationOf(name);
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(operation["x-evidence"]).toBe("documented");
    expect(operation.responses).toHaveProperty("default");
  });
});

test("a page has at most 100 files unless asked otherwise, and starts at the first", () => {
  const { parameters } = operationOf("GET /files");
  const defaults = Object.fromEntries(parameters.map((one) => [one.name, one.schema.default]));
  expect(defaults).toMatchObject({ limit: 100, offset: 0 });
});

test("visibility is PUBLIC or PRIVATE", () => {
  expect(contract.components.schemas.Visibility.enum).toEqual(["PUBLIC", "PRIVATE"]);
});

test("every field of every schema says whether it is documented or inferred", () => {
  const unmarked: string[] = [];
  const walk = (schema: Json, at: string): void => {
    for (const [name, field] of Object.entries<Json>(schema.properties ?? {})) {
      const evidence = resolve(field)["x-evidence"];
      if (evidence !== "documented" && evidence !== "inferred") unmarked.push(`${at}.${name}`);
      walk(field, `${at}.${name}`);
    }
  };
  for (const [name, schema] of Object.entries<Json>(contract.components.schemas)) walk(schema, name);
  expect(unmarked).toEqual([]);
});

test("every reference leads somewhere", () => {
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("$ref" in node) resolve(node);
    Object.values(node).forEach(walk);
  };
  expect(() => walk(contract)).not.toThrow();
});

test("generating the types again changes nothing", () => {
  const check = () => execFileSync(process.execPath, [join(ROOT, "tools/contract.mjs"), "--check"], { stdio: "pipe" });
  expect(check).not.toThrow();
});
