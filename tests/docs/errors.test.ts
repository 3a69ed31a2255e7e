import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const DECLARATION = join(ROOT, "provider", "client", "errors.ts");
const page = readFileSync(join(ROOT, "docs", "errors.md"), "utf8");

/** The codes of the union, as they are written in its declaration. */
function declaredCodes(): string[] {
  const union = /export type ErrorCode =([^;]+);/.exec(readFileSync(DECLARATION, "utf8"))?.[1] ?? "";
  return [...union.matchAll(/"([a-z_]+)"/g)].map(([, code = ""]) => code);
}

/** The text of each code's section, by code. */
function sections(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^### `([a-z_]+)`\n([\s\S]*?)(?=^##)/gm)].map(([, code = "", body = ""]) => [code, body]),
  );
}

/** Everything that could build an error. */
function sources(): string[] {
  return ["provider", "sdk"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(ROOT, folder, name))
      .filter((file) => file !== DECLARATION)
      .map((file) => readFileSync(file, "utf8")),
  );
}

test("the page of errors has every code of the union once, and no other", () => {
  const headings = [...page.matchAll(/^### `([^`]+)`$/gm)].map(([, code]) => code);
  expect(declaredCodes().length).toBeGreaterThan(20);
  expect(headings.toSorted()).toEqual(declaredCodes().toSorted());
});

test("each code has a meaning and something to do", () => {
  const thin = [...sections(page)]
    .filter(([, body]) => !/^\S.{20,}/.test(body.trimStart()) || !/^\*\*Do:\*\* \S.{5,}/m.test(body))
    .map(([code]) => code);
  expect(sections(page).size).toBe(declaredCodes().length);
  expect(thin).toEqual([]);
});

test("a code that is called reserved is used nowhere", () => {
  const reserved = page.slice(page.indexOf("## Reserved"), page.indexOf("## Failures by property"));
  const codes = [...sections(`${reserved}## end`).keys()];
  const all = sources();
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => all.some((text) => text.includes(`"${code}"`)))).toEqual([]);
});
