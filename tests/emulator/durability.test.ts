import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_API_KEY, startEmulator } from "mediasaur-emulator";
import { send, uploadForm } from "./api";
import { startCommand } from "./command";
import { figure, share } from "../support/figures";

/** Each takes about a second. */
const ROUNDS = share(8, 200);

/** Content whose first bytes say how the rest must be, so that a half file, or two mixed ones, can be told. */
function contentOf(key: string): Buffer {
  const block = createHash("sha256").update(key).digest();
  const length = 20_000 + (block.readUInt16BE(0) % 150_000);
  return Buffer.alloc(length, block);
}

it(
  "has every acknowledged write, whole, after being killed at any moment",
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "durability-"));
    const acknowledged = new Set<string>();
    const possible = new Map<string, Set<string>>();
    for (let round = 0; round < ROUNDS; round++) {
      const { child, baseUrl, ended } = await startCommand("--port", "0", "--data", dataDir);
      const emulator = { baseUrl, apiKey: DEFAULT_API_KEY };
      let answers = 0;
      const write = async (slot: number): Promise<void> => {
        for (let n = 0; ; n++) {
          // Some paths are written over and over, others once.
          const path = n % 2 === 0 ? `over/${String(slot)}.bin` : `r${String(round)}/${String(slot)}-${String(n)}.bin`;
          const key = `${path}:${String(round)}:${String(n)}`;
          // Until the answer is there, either content may be the one that is kept.
          possible.set(path, new Set([...(possible.get(path) ?? []), key]));
          const { status } = await send(emulator, "POST", "/", uploadForm({ bucket: "media", path }, contentOf(key)));
          expect(status).toBe(200);
          acknowledged.add(path);
          possible.set(path, new Set([key]));
          if (++answers === 8 + (round % 20) * 3) child.kill("SIGKILL");
        }
      };
      const writers = await Promise.allSettled([write(0), write(1), write(2)]);
      expect(writers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
    }
    const emulator = await startEmulator({ dataDir });
    const { files } = await emulator.state();
    const found = new Map(files.map((file) => [file.path, file]));
    expect([...acknowledged].filter((path) => !found.has(path))).toEqual([]);
    for (const [path, file] of found) {
      const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
      expect(bytes.length).toBe(file.size);
      const whole = [...(possible.get(path) ?? [])].some((key) => contentOf(key).equals(bytes));
      expect([path, whole]).toEqual([path, true]);
    }
    expect(readdirSync(join(dataDir, "arriving"))).toEqual([]);
    expect(readdirSync(join(dataDir, "blobs"))).toHaveLength(files.length);
    await emulator.close();
    rmSync(dataDir, { recursive: true });
    const kept = `${String(acknowledged.size)} paths of acknowledged writes, none lost, no half file`;
    figure("emulator", `killed ${String(ROUNDS)} times under load: ${kept}`);
  },
  ROUNDS * 10_000,
);
