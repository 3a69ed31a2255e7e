import { MediasaurClient } from "../../../provider/client";
import { Session } from "../../../provider/resources";
import { figure, share } from "../../support/figures";
import { TestEmulator, type Stored } from "../../support/emulator";
import { LayoutStack, textAsset, type Raw } from "./support";

/** When the process dies at a write: before its effect, after it and before the answer, or with half of a bulk applied. */
type Moment = "before" | "after" | "half";

const WRITES = ["moveFiles", "updateFile", "deleteFile", "copyFile", "upload"];

/** A client whose process dies at the nth write: from then on nothing gets out any more. */
function dyingClient(
  real: MediasaurClient,
  at: number,
  moment: Moment,
): { client: MediasaurClient; died: () => boolean } {
  let writes = 0;
  let dead = false;
  const isDead = (): boolean => dead;
  const client = new Proxy(real, {
    get(target, name) {
      const method = (target as unknown as Record<string | symbol, unknown>)[name];
      if (typeof method !== "function") return method;
      if (name === "pages")
        return isDead()
          ? () => {
              throw new Error("dead");
            }
          : method.bind(target);
      return async (...args: unknown[]): Promise<unknown> => {
        if (isDead()) throw new Error("dead");
        if (!WRITES.includes(String(name)) || ++writes !== at) {
          const answer: unknown = await method.apply(target, args);
          if (isDead()) throw new Error("dead");
          return answer;
        }
        const query = args[0] as { fileIds?: string[] };
        if (moment === "after") await method.apply(target, args);
        if (moment === "half" && query.fileIds !== undefined && query.fileIds.length > 1) {
          await method.call(target, { ...query, fileIds: query.fileIds.slice(0, query.fileIds.length / 2) });
        }
        dead = true;
        throw new Error("dead");
      };
    },
  });
  return { client, died: isDead };
}

/** Numbers that are the same in every run. */
class Chance {
  constructor(private state: number) {}

  below(count: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * count);
  }
}

interface Sample {
  seed: Record<string, string>;
  /** What is declared before; `undefined`: the layout is new. */
  before: Raw | undefined;
  after: Raw;
}

const DIRECTORIES = ["x", "y", "x/z"];
const NAMES = ["a.txt", "b.txt", "c.txt"];

/** A small layout, new or rearranged, with what a layout can have: renames, trades, publications, copies, uploads, departures. */
function sampleOf(number: number): Sample {
  const chance = new Chance(number + 1);
  const places = DIRECTORIES.flatMap((directory) => NAMES.map((name) => `${directory}/${name}`));
  const take = (from: string[]): string => from.splice(chance.below(from.length), 1)[0]!;
  const visibility = (): string => (chance.below(2) === 0 ? "PUBLIC" : "PRIVATE");
  const free = [...places];
  const sources = Array.from({ length: 2 + chance.below(3) }, () => take(free));
  const seed = Object.fromEntries(sources.map((path) => [path, visibility()]));
  seed["far/stranger.txt"] = "PUBLIC";
  const isNew = chance.below(3) === 0;
  // By its path a file can be told from others only as long as no other comes to that path.
  const goals = isNew ? [...free, ...sources.slice(0, 1)] : [...places];
  const before: Raw = {};
  const after: Raw = {};
  for (const [index, source] of sources.entries()) {
    const key = `k${String(index)}`;
    before[key] = { path: source };
    if (isNew && goals.includes(source)) goals.splice(goals.indexOf(source), 1);
    const path = isNew && index === 0 ? source : take(goals);
    after[key] = {
      path,
      ...(chance.below(2) === 0 ? { visibility: visibility() } : {}),
      ...(isNew ? { source: { adopt: { path: source } } } : {}),
    };
  }
  const kind = chance.below(4);
  if (kind === 0)
    after["made"] = { path: take(goals.filter((path) => !(path in seed))), source: { upload: textAsset("made") } };
  if (kind === 1) after["made"] = { path: "far/copy.txt", source: { copy: { path: "far/stranger.txt" } } };
  if (kind === 2 && !isNew) {
    before["made"] = { path: "far/made.txt", source: { upload: textAsset("one") } };
    after["made"] = { path: "far/made.txt", source: { upload: textAsset("another one") } };
  }
  if (kind === 3 && !isNew) before["leaves"] = { path: "far/made.txt", source: { upload: textAsset("one") } };
  return { seed, before: isNew ? undefined : before, after };
}

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await TestEmulator.start();
});

afterAll(() => emulator.close());

/** A stack whose program is about to change. */
async function begin({ seed, before }: Sample): Promise<LayoutStack> {
  await emulator.seed(seed);
  const stack = new LayoutStack(emulator);
  if (before !== undefined) await stack.up({ files: before });
  await emulator.forget();
  return stack;
}

/** Every file by its place, with its content, which tells it from all others. */
const layoutOf = (files: Stored[]): string =>
  JSON.stringify(files.map(({ path, visibility, sha256 }) => [path, visibility, sha256]));
const writes = async (): Promise<number> => (await emulator.writes()).length;

test("wherever a run is cut off, nothing is lost or doubled, and the next one finishes the rest", async () => {
  let cuts = 0;
  let most = 0;
  const layouts = share(40, 400);
  for (let number = 0; number < layouts; number += 1) {
    const sample = sampleOf(number);
    let stack = await begin(sample);
    await stack.up({ files: sample.after });
    const needed = await writes();
    const wanted = layoutOf(await emulator.files("media"));
    for (let at = 1; at <= needed; at += 1) {
      for (const moment of ["before", "after", "half"] as const) {
        stack = await begin(sample);
        const state = structuredClone([stack.state, stack.inputs, stack.id] as const);
        const { apiKey, baseUrl, uploadUrl } = emulator.handle;
        const config = { apiKey, baseUrl, uploadUrl };
        const { client, died } = dyingClient(new MediasaurClient(config), at, moment);
        const session = new Session(config, () => undefined, { client, sleep: () => Promise.resolve() });
        const where = `layout ${String(number)}, ${moment} write ${String(at)} of ${String(needed)}: ${JSON.stringify(sample)}`;
        await stack.upIn(session, { files: sample.after }).then(
          () => Promise.reject(new Error(`not cut: ${where}`)),
          () => undefined,
        );
        expect(died()).toBe(true);
        cuts += 1;
        // What a process that was killed had reached is in no state; one that failed leaves what it knows.
        const isKilled = cuts % 2 === 0;
        if (isKilled) {
          const [before, inputs, id] = structuredClone(state);
          Object.assign(stack, { state: before, inputs, id });
        }
        const left = needed - (await writes());
        await emulator.forget();
        try {
          await stack.up({ files: sample.after });
        } catch (error) {
          throw new Error(`${where}: ${String(error)}`);
        }
        const files = await emulator.files("media");
        expect([where, layoutOf(files)]).toEqual([where, wanted]);
        most = Math.max(most, (await writes()) - left);
        expect([where, await stack.up({ files: sample.after })]).toEqual([where, false]);
      }
    }
  }
  expect(most).toBeLessThanOrEqual(1);
  figure(
    "layout",
    `${String(layouts)} layouts cut off at ${String(cuts)} points: all finished, at most ${String(most)} requests more than was left`,
  );
}, 1_800_000);
