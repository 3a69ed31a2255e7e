import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dialects, presets, startEmulator } from "mediasaur-emulator";

const readme = readFileSync(join(__dirname, "../../emulator/README.md"), "utf8");
const rowOf = (name: string): string => readme.split("\n").find((line) => line.startsWith(`| \`${name}\` `)) ?? "";

it("has every switch with its values in the README", () => {
  const absent = Object.entries(dialects).flatMap(([name, { values }]) =>
    values.filter((value) => !rowOf(name).includes(`\`${value}\``)).map((value) => `${name}=${value}`),
  );
  expect(absent).toEqual([]);
});

it("has every preset and every kind of fault in the README", async () => {
  const emulator = await startEmulator();
  const kinds = (await emulator.control("GET", "kinds")) as Record<string, { args: Record<string, string> }>;
  await emulator.close();
  expect(Object.keys(presets).filter((name) => rowOf(name) === "")).toEqual([]);
  const absent = Object.entries(kinds).flatMap(([kind, { args }]) =>
    Object.keys(args).filter((name) => !rowOf(kind).includes(`\`${name}\``)),
  );
  expect(absent).toEqual([]);
  expect(Object.keys(kinds).filter((name) => rowOf(name) === "")).toEqual([]);
});
