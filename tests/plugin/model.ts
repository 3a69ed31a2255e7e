import fc from "fast-check";
import type { Stored, TestEmulator } from "../support/emulator";
import type { Kill } from "../support/front-door";
import { Host } from "../support/host";
import { World, type Declared } from "./world";
import { figure, share } from "../support/figures";

// Random programs, random edits from outside and random interruptions, against a model that knows nothing of plans: it
// only knows which files there have to be, and where.

const RUNS = Number(process.env.MODEL_RUNS ?? share(200, 2000));
// Every night other runs than the night before.
const SEED = Number(process.env.MODEL_SEED ?? share(20, Date.now() % 2 ** 31));
/** The runs are spread over so many files, as jest runs one file on one core. */
const SHARDS = 2;
const PATHS = ["a", "b", "c/d"].flatMap((directory) => ["1", "2", "3", "4", "5"].map((name) => `${directory}/${name}`));

/** What has to be true whatever the provider does: which files there are that nobody deletes. */
interface Model {
  /** Files that no declaration ever names: they stay as they are. */
  strangers: Map<string, Pick<Stored, "path" | "visibility" | "sha256">>;
  /** Adopted files, by declaration: they are never lost, copied or changed in content. */
  adopted: Map<string, { id: string; sha256: string | null }>;
}

type Command = fc.AsyncCommand<Model, World>;

let host: Host;
let emulator: TestEmulator;
let world: World;

/** Nothing is lost, doubled or overwritten, at whatever point a run stopped. */
async function nothingHarmed(model: Model): Promise<void> {
  const files = await world.files();
  const byId = new Map(files.map((file) => [file.id, file]));
  for (const [id, { path, visibility, sha256 }] of model.strangers)
    expect(byId.get(id)).toMatchObject({ path, visibility, sha256 });
  for (const { id, sha256 } of model.adopted.values()) expect(byId.get(id)).toMatchObject({ sha256 });
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
}

/** The declared state is reached, there is nothing else, and another run writes nothing. */
async function converged(model: Model): Promise<void> {
  await nothingHarmed(model);
  const files = new Map((await world.files()).map((file) => [file.path, file]));
  for (const [name, { path, visibility, text }] of world.program) {
    const file = files.get(path);
    expect(file).toMatchObject({ path, visibility });
    const adopted = model.adopted.get(name);
    if (adopted !== undefined) expect(file?.id).toBe(adopted.id);
    if (text !== undefined) expect(file?.size).toBe(text.length);
    expect(world.state.get(name)?.outs.fileId).toBe(file?.id);
  }
  expect(files.size).toBe(world.program.size + model.strangers.size);
}

/** Another run finds nothing to do. */
async function writesNothing(): Promise<void> {
  await emulator.forget();
  expect((await world.up({ parallel: 8 })).errors).toEqual([]);
  expect(await emulator.writes()).toEqual([]);
}

/** Runs until the declared state is reached: a run may be refused only for what it could not foresee. */
async function upAndConverge(model: Model, parallel: number): Promise<void> {
  const { errors } = await world.up({ parallel });
  for (const error of errors) expect(error).toMatch(/is held by file/);
  await nothingHarmed(model);
  if (errors.length > 0) expect((await world.up({ parallel: 16 })).errors).toEqual([]);
  await converged(model);
}

/** Gives every declared file one of the places that no stranger holds. */
function rearrange(model: Model, order: readonly number[], hidden: readonly boolean[]): void {
  const taken = new Set([...model.strangers.values()].map(({ path }) => path));
  const free = order.map((index) => PATHS[index]!).filter((path) => !taken.has(path));
  let next = 0;
  for (const declared of world.program.values()) {
    const path = free[next];
    if (path !== undefined) declared.path = path;
    declared.visibility = hidden[next] === true ? "PRIVATE" : "PUBLIC";
    next += 1;
  }
}

class Rearrange implements Command {
  constructor(
    private readonly order: readonly number[],
    private readonly hidden: readonly boolean[],
    private readonly parallel: number,
  ) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    rearrange(model, this.order, this.hidden);
    await upAndConverge(model, this.parallel);
  }
  toString = (): string =>
    `rearrange(${this.order.join()}; ${this.hidden.map(Number).join("")}; ${String(this.parallel)})`;
}

class KilledWhileRearranging implements Command {
  constructor(
    private readonly order: readonly number[],
    private readonly hidden: readonly boolean[],
    private readonly kill: Kill,
  ) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    rearrange(model, this.order, this.hidden);
    await world.up({ parallel: 8, kill: this.kill });
    await nothingHarmed(model);
    await upAndConverge(model, 16);
  }
  toString = (): string => `killed(${this.order.join()}; ${this.kill.phase} write ${String(this.kill.at)})`;
}

class EditedOutside implements Command {
  constructor(
    private readonly which: number,
    private readonly to: number,
    private readonly hide: boolean,
  ) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    const held = [...world.state.values()][this.which % Math.max(world.state.size, 1)];
    if (held !== undefined) {
      const id = String(held.outs.fileId);
      await emulator.edit({ op: "move", id, to: `outside/${String(this.to)}` });
      await emulator.edit({ op: "visibility", id, visibility: this.hide ? "PRIVATE" : "PUBLIC" });
    }
    await world.refresh();
    await upAndConverge(model, 8);
  }
  toString = (): string => `edited outside(${String(this.which)})`;
}

class StrangerCame implements Command {
  constructor(private readonly where: number) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    const path = PATHS[this.where]!;
    if ((await world.files()).some((file) => file.path === path)) return;
    await emulator.edit({ op: "put", bucket: "media", path, content: `a stranger at ${path}`, visibility: "PRIVATE" });
    const file = await emulator.file(path);
    model.strangers.set(file.id, file);
    await converged(model);
  }
  toString = (): string => `stranger(${PATHS[this.where]!})`;
}

class StrangerInTheWay implements Command {
  constructor(private readonly which: number) {}
  check = (model: Readonly<Model>): boolean => model.strangers.size > 0;
  async run(model: Model): Promise<void> {
    const declared = [...world.program.values()][this.which % Math.max(world.program.size, 1)];
    const [stranger] = model.strangers;
    if (declared === undefined || stranger === undefined) return;
    const before = declared.path;
    declared.path = stranger[1].path;
    await emulator.forget();
    expect((await world.up({ parallel: 8 })).errors).toEqual([
      expect.stringContaining(`is held by file ${stranger[0]}`),
    ]);
    expect(await emulator.writes()).toEqual([]);
    declared.path = before;
    await upAndConverge(model, 8);
  }
  toString = (): string => `stranger in the way(${String(this.which)})`;
}

class Uploaded implements Command {
  constructor(
    private readonly name: number,
    private readonly where: number,
    private readonly text: string,
    private readonly hidden: boolean,
  ) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    const name = `u${String(this.name)}`;
    const present = world.program.get(name);
    const path = PATHS[this.where]!;
    const free = !(await world.files()).some((file) => file.path === path);
    if (present === undefined && (!free || world.program.size >= 12)) return;
    const visibility = this.hidden ? "PRIVATE" : "PUBLIC";
    const declared: Declared = { path: free ? path : present!.path, visibility, text: this.text };
    world.program.set(name, declared);
    await upAndConverge(model, 8);
    const file = await emulator.file(declared.path);
    expect(await (await fetch(file.signed_url)).text()).toBe(this.text);
  }
  toString = (): string => `upload(u${String(this.name)} to ${PATHS[this.where]!}: ${this.text})`;
}

class Removed implements Command {
  constructor(private readonly which: number) {}
  check = (): boolean => true;
  async run(model: Model): Promise<void> {
    const uploads = [...world.program.keys()].filter((name) => name.startsWith("u"));
    const name = uploads[this.which % Math.max(uploads.length, 1)];
    if (name === undefined) return;
    world.program.delete(name);
    await upAndConverge(model, 8);
  }
  toString = (): string => `removed(${String(this.which)})`;
}

const order = fc.shuffledSubarray(
  PATHS.map((_, index) => index),
  { minLength: PATHS.length },
);
const hidden = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
const index = fc.nat({ max: PATHS.length - 1 });
const phase = fc.constantFrom("before" as const, "after" as const);
const text = fc.stringMatching(/^[a-z]{1,12}$/);

const command: fc.Arbitrary<Command>[] = [
  fc.tuple(order, hidden, fc.constantFrom(4, 8, 16)).map((args) => new Rearrange(...args)),
  fc.tuple(order, hidden, fc.constantFrom(8, 16)).map((args) => new Rearrange(...args)),
  fc
    .tuple(order, hidden, fc.record({ at: fc.nat({ max: 12 }), phase }))
    .map((args) => new KilledWhileRearranging(...args)),
  fc.tuple(index, index, fc.boolean()).map((args) => new EditedOutside(...args)),
  index.map((where) => new StrangerCame(where)),
  index.map((which) => new StrangerInTheWay(which)),
  fc.tuple(fc.nat({ max: 2 }), index, text, fc.boolean()).map((args) => new Uploaded(...args)),
  index.map((which) => new Removed(which)),
];

const beginning = fc.tuple(fc.integer({ min: 1, max: 9 }), order, hidden);

/** Declares one shard of the test: so many of all runs, from a seed of its own, which is in the test's name. */
export function modelTest(shard: number): void {
  const runs = Math.ceil(RUNS / SHARDS);
  const seed = SEED + shard;
  beforeAll(async () => {
    host = await Host.open();
    ({ emulator } = host);
    world = new World(host);
  });

  afterAll(() => host.close());

  test(`any program, edit and interruption ends in the declared state or a clear error, with no file lost or doubled (${String(runs)} runs, seed ${String(seed)})`, async () => {
    figure("model", `model test, shard ${String(shard)}: ${String(runs)} runs, MODEL_SEED=${String(SEED)}`);
    await fc.assert(
      fc.asyncProperty(beginning, fc.commands(command, { maxCommands: 3 }), async ([count, places, hide], commands) => {
        const files = places.slice(0, count).map((place, at) => ({
          path: PATHS[place]!,
          visibility: hide[at] === true ? ("PRIVATE" as const) : ("PUBLIC" as const),
        }));
        await world.begin(files);
        const ids = new Map((await world.files()).map((file) => [file.path, file]));
        const adopted = new Map([...world.program].map(([name, { path }]) => [name, ids.get(path)!]));
        await fc.asyncModelRun(() => ({ model: { strangers: new Map(), adopted }, real: world }), commands);
        await writesNothing();
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
  }, 1_800_000);
}
