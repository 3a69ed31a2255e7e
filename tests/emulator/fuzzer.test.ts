import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presets, startEmulator } from "mediasaur-emulator";
import { figure, FULL } from "../support/figures";
import { fuzz, schemathesis } from "./fuzzer/schemathesis";

const REQUESTS = 20_000;
const ROOT = join(__dirname, "../..");
const CONTRACT = join(ROOT, "provider/contract/openapi.yaml");

/** The contract with names that exist, so that what is made up after them gets further. */
function contractOfWhatIsThere(folder: string): string {
  const { parse } = createRequire(join(ROOT, "emulator", "package.json"))("yaml") as {
    parse: (text: string) => unknown;
  };
  const known: Readonly<Record<string, readonly string[]>> = {
    bucket: ["media", "brand"],
    bucket_name: ["media", "brand"],
    source_bucket: ["media", "brand"],
    target_bucket: ["media", "brand"],
    file_id: ["f_1", "f_2", "f_3"],
    source_path: ["a/1.txt", "2.txt"],
    target_path: ["", "a", "b/c"],
  };
  const narrow = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(narrow);
    if (typeof value !== "object" || value === null) return value;
    const { name, schema, properties } = value as { name?: unknown; schema?: object; properties?: object };
    const narrowed = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, narrow(field)]));
    if (typeof name === "string" && name in known) narrowed["schema"] = { ...schema, enum: known[name] };
    for (const [field, kind] of Object.entries(properties ?? {})) {
      if (field in known) (narrowed["properties"] as Record<string, unknown>)[field] = { ...kind, enum: known[field] };
    }
    return narrowed;
  };
  const file = join(folder, "contract.json");
  writeFileSync(file, JSON.stringify(narrow(parse(readFileSync(CONTRACT, "utf8")))));
  return file;
}

/** In `hostile` a failure of the service is how it answers an update of two properties. */
const manners = Object.keys(presets).filter((name) => name !== "hostile");

(FULL ? it : it.skip)(
  "an outside fuzzer finds nothing that fails or hangs, in whatever manner it is answered",
  async () => {
    const command = await schemathesis();
    const folder = mkdtempSync(join(tmpdir(), "fuzzer-"));
    const contracts = [CONTRACT, contractOfWhatIsThere(folder)];
    const files = [
      { path: "a/1.txt", id: "f_1", content: "1" },
      { path: "2.txt", id: "f_2", visibility: "PRIVATE" as const },
      { path: "other/", id: "f_3" },
    ];
    const emulator = await startEmulator({ seed: { buckets: { media: { files }, brand: {} } } });
    const statuses = new Map<number | null, number>();
    let requests = 0;
    for (let seed = 1; requests < REQUESTS; seed++) {
      await emulator.reset();
      await emulator.setDialect({ preset: manners[seed % manners.length] ?? "default" });
      const { baseUrl, apiKey } = emulator;
      const found = await fuzz({
        command,
        contract: contracts[seed % 2] ?? CONTRACT,
        baseUrl,
        apiKey,
        examples: 100,
        seed,
      });
      expect(found).toBeUndefined();
      const entries = await emulator.requests();
      expect(entries.filter(({ status }) => status === null || status >= 500)).toEqual([]);
      for (const { status } of entries) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      requests += entries.length;
      // A run that asks nothing would go on for ever.
      expect(entries.length).toBeGreaterThan(100);
    }
    await emulator.close();
    rmSync(folder, { recursive: true });
    const counts = [...statuses].sort().map(([status, count]) => `${String(count)} x ${String(status)}`);
    figure("emulator", `${String(requests)} requests of an outside fuzzer, none failed or hung: ${counts.join(", ")}`);
  },
  3 * 60 * 60 * 1000,
);
