import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../support/projects";

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  inputProperties?: Record<string, Described>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- a file of the package */
const schema = require(join(ROOT, "plugin", "schema.json")) as {
  version: string;
  resources: Record<string, Described>;
  types: Record<string, Described>;
};

test("the schema of the plugin is what the types and docstrings of sdk/ say", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "tools", "schema.mjs"), "--check"], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("every resource, property and type of the schema is described", () => {
  const missing: string[] = [];
  const look = (name: string, what: Described): void => {
    if ((what.description ?? "") === "") missing.push(name);
    for (const [key, inner] of Object.entries({ ...what.properties, ...what.inputProperties })) {
      if ((inner.description ?? "") === "") missing.push(`${name}.${key}`);
    }
  };
  for (const [name, what] of Object.entries({ ...schema.resources, ...schema.types })) look(name, what);
  expect(missing).toEqual([]);
});

test("the schema has the version of the package", () => {
  const { version } = require(join(ROOT, "package.json")) as { version: string };
  expect(schema.version).toBe(version);
});
