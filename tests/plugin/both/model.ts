import { digest } from "../../support/declarations";
import type { Stored, TestEmulator } from "../../support/emulator";
import { Engine, type EngineOptions, type Result } from "../../support/engine";
import type { Host } from "../../support/host";
import { asText, ModelProgram, uploadOf, type FileSpec, type Place } from "./program";
import type { Change, Script, Step } from "./script";

const DIRECTORIES = ["", "a/", "b/", "c/d/"];
const PATHS = DIRECTORIES.flatMap((directory) => ["1.txt", "2.txt", "3.txt"].map((name) => directory + name));
const BRAND = ["logo.svg", "mark.svg"];

/** What a run may say that is to go on in the next one: it was not let see far enough ahead. */
const TOO_SHORT_SIGHTED = /is held by file|path_taken|--parallel/;

/** Runs one script after the other, and compares what is there with a model that knows nothing of plans. */
export class BothModel {
  readonly #emulator: TestEmulator;
  #engine: Engine;
  #program = new ModelProgram();
  /** Files that no declaration has: they stay as they are. */
  #strangers = new Map<string, Stored>();
  /** Contents that must be somewhere, whatever happens. */
  readonly #precious = new Set<string>();
  /** Files that have just left the program, and stay where the last run had brought them. */
  #leave: string[] = [];
  /** Places that files leave with their declaration only after everything else: they are free from the next run on. */
  #left: string[] = [];
  #texts = 0;
  #log: string[] = [];

  constructor(private readonly host: Host) {
    this.#emulator = host.emulator;
    this.#engine = new Engine(host);
  }

  /** The script so far, as a person would write it in a test. */
  get log(): string {
    return this.#log.join("\n");
  }

  /** Runs a script; what is wrong is an error. */
  async run({ files, layouts, layoutsFirst, steps }: Script): Promise<void> {
    this.#engine = new Engine(this.host);
    this.#program = new ModelProgram();
    this.#program.layoutsFirst = layoutsFirst;
    this.#log = [];
    this.#texts = 0;
    this.#precious.clear();
    for (let layout = 0; layout < layouts; layout += 1)
      this.#program.layouts.set(`l${String(layout)}`, { files: new Map(), policy: undefined });
    const seed = Object.fromEntries(
      files.map(({ at, isPublic }) => [pick(PATHS, at), isPublic ? "PUBLIC" : "PRIVATE"]),
    );
    const brand = { files: BRAND.map((path) => ({ path, content: path })) };
    await this.#emulator.dialect({});
    await this.#emulator.faults([]);
    await this.#emulator.seed(seed, { brand });
    this.#note(`await emulator.seed(${JSON.stringify(seed)}, ${JSON.stringify({ brand })});`);
    this.#strangers = new Map((await this.#files()).map((file) => [file.id, file]));
    this.#leave = [];
    this.#left = [];
    for (const step of steps) await this.#step(step);
  }

  async #step(step: Step): Promise<void> {
    for (const { what, which, to } of step.edits) await this.#edit(what, which, to);
    for (const change of step.changes) this.#change(change);
    for (const id of this.#leave.splice(0)) {
      const file = (await this.#files()).find((each) => each.id === id);
      if (file !== undefined) this.#strangers.set(id, file);
    }
    if (step.order.length > 0) this.#rearrange(step.order);
    const names = [...this.#program.files.keys(), ...this.#program.layouts.keys()];
    const target =
      step.target === undefined ? undefined : names.filter((_, index) => (step.target! >> index) % 2 === 1);
    const isPartial = target !== undefined && target.length > 0;
    if (step.fault !== undefined) {
      const { op, skip, phase } = step.fault;
      const faults = [{ op, skip, times: 1, kind: "reset", phase }];
      this.#note(`await emulator.faults(${JSON.stringify(faults)});`);
      await this.#emulator.faults(faults);
    }
    const result = await this.#up({
      parallel: step.parallel,
      ...(step.edits.length > 0 || step.refresh ? { refresh: true } : {}),
      ...(step.kill === undefined ? {} : { kill: step.kill }),
      ...(isPartial ? { target } : {}),
    });
    await this.#emulator.faults([]);
    if (step.fault === undefined && !isPartial)
      for (const error of result.errors) if (!TOO_SHORT_SIGHTED.test(error)) throw new Error(`an error: ${error}`);
    await this.#nothingHarmed();
    await this.#converge();
    this.#left = [];
  }

  /** Within two runs everything is as declared, and then there is nothing to do. */
  async #converge(): Promise<void> {
    const first = await this.#up({ refresh: true, parallel: 16 });
    await this.#nothingHarmed();
    if (first.errors.length > 0) {
      const { errors } = await this.#up({ refresh: true, parallel: 16 });
      if (errors.length > 0) throw new Error(`not reached in two runs: ${errors.join(" | ")}`);
      await this.#nothingHarmed();
    }
    await this.#reached();
    await this.#emulator.forget();
    const again = await this.#up({ parallel: 16 });
    const writes = await this.#emulator.writes();
    if (writes.length > 0 || again.errors.length > 0 || again.steps.length > 0)
      throw new Error(`once more: ${[...writes, ...again.steps, ...again.errors].join(" | ")}`);
    for (const [place, spec] of this.#program.all()) spec.id = this.#recorded(place).id;
  }

  async #up(options: EngineOptions): Promise<Result> {
    const declarations = this.#program.declarations();
    this.#note(`await engine.up(${asText(declarations)}, ${JSON.stringify(options)});`);
    const result = await this.#engine.up(declarations, options);
    for (const error of result.errors) this.#note(`// ${error}`);
    if (result.wasKilled) this.#note("// killed");
    return result;
  }

  /** No content is lost, and no stranger's file was moved, opened, hidden or changed. */
  async #nothingHarmed(): Promise<void> {
    const files = await this.#files();
    const byId = new Map(files.map((file) => [file.id, file]));
    for (const [id, { path, visibility, sha256 }] of this.#strangers) {
      const now = byId.get(id);
      if (now?.path !== path || now.visibility !== visibility || now.sha256 !== sha256)
        throw new Error(
          `the stranger's ${path} (${visibility}) is now ${now === undefined ? "gone" : `${now.path} (${now.visibility})`}`,
        );
    }
    for (const sha256 of this.#precious)
      if (!files.some((file) => file.sha256 === sha256)) throw new Error(`a content is lost: ${sha256}`);
    const paths = new Set(files.map(({ path }) => path));
    if (paths.size < files.length) throw new Error("two files have one path");
  }

  /** Every declared file is as declared, and there is nothing else beside the strangers'. */
  async #reached(): Promise<void> {
    const left = new Map((await this.#files()).map((file) => [file.path, file]));
    for (const { path } of this.#strangers.values()) left.delete(path);
    for (const [{ layout, name }, { path, visibility, sha256, id }] of this.#program.all()) {
      const file = left.get(path);
      const who = layout === undefined ? name : `${layout}.${name}`;
      if (file === undefined) throw new Error(`${who}: nothing is at ${path}`);
      if (visibility !== undefined && file.visibility !== visibility)
        throw new Error(`${who}: ${path} is ${file.visibility}`);
      if (file.sha256 !== sha256) throw new Error(`${who}: another content is at ${path}`);
      if (id !== undefined && file.id !== id) throw new Error(`${who}: another file is at ${path}`);
      const recorded = this.#recorded({ layout, name });
      if (recorded.id !== file.id || recorded.path !== path)
        throw new Error(`${who}: state has ${recorded.path} as ${recorded.id}`);
      left.delete(path);
    }
    if (left.size > 0) throw new Error(`left over: ${[...left.keys()].join(", ")}`);
  }

  /** What state has of a declared file. */
  #recorded({ layout, name }: Place): { id: string; path: string; origin: string } {
    const { outs } = this.#engine.held(layout ?? name);
    if (layout === undefined) return { id: String(outs.fileId), path: String(outs.path), origin: String(outs.origin) };
    const file = (outs.files as Record<string, { id: string; path: string; origin: string }>)[name];
    return file ?? { id: "none", path: "nowhere", origin: "adopted" };
  }

  /** Someone does something in the bucket. */
  async #edit(what: "move" | "visibility" | "stranger", which: number, to: number): Promise<void> {
    const files = await this.#files();
    const free = PATHS.filter((path) => !files.some((file) => file.path === path) && !this.#paths().has(path));
    const path = free.length === 0 ? undefined : pick(free, to);
    const declared = this.#program.all();
    let edit: Record<string, unknown> | undefined;
    if (what === "stranger" && path !== undefined) {
      edit = { op: "put", bucket: "media", path, content: `a stranger at ${path}`, visibility: "PRIVATE" };
    } else if (declared.length > 0) {
      const { id } = this.#recorded(pick(declared, which)[0]);
      if (what === "move" && path !== undefined) edit = { op: "move", id, to: path };
      if (what === "visibility") edit = { op: "visibility", id, visibility: to % 2 === 0 ? "PUBLIC" : "PRIVATE" };
      // Of what is not declared, nothing is put back.
      if (what === "visibility" && pick(declared, which)[1].visibility === undefined) return;
    }
    if (edit === undefined) return;
    this.#note(`await emulator.edit(${JSON.stringify(edit)});`);
    await this.#emulator.edit(edit);
    if (what === "stranger") {
      const file = await this.#emulator.file(String(path));
      this.#strangers.set(file.id, file);
    }
  }

  /** The author changes the program. */
  #change({ what, which, to, flag }: Change): void {
    const program = this.#program;
    const declared = program.all();
    const layouts = [...program.layouts.keys()];
    const layout = flag && layouts.length > 0 ? pick(layouts, to) : undefined;
    if (what === "adopt" || what === "copy" || what === "upload") {
      if (layout === undefined ? program.files.size >= 6 : (program.layouts.get(layout)?.files.size ?? 0) >= 4) return;
      const spec = what === "adopt" ? this.#adopted(which, to) : this.#made(what, which);
      if (spec !== undefined) program.put(program.free(layout, layout === undefined ? "m" : "k"), spec);
      return;
    }
    if (declared.length === 0) return;
    const [place, spec] = pick(declared, which);
    const isNew = this.#isNew(place);
    switch (what) {
      case "visibility":
        spec.visibility = flag ? "PUBLIC" : "PRIVATE";
        return;
      case "content":
        if (spec.source?.upload !== undefined) this.#give(spec, this.#text());
        return;
      case "remove":
        if (!isNew && spec.path === this.#recorded(place).path) this.#remove(place, spec);
        return;
      case "policy": {
        const policy = [undefined, "RETAIN", "DELETE"][to % 3];
        const holder = place.layout === undefined ? program.files.get(place.name) : program.layouts.get(place.layout);
        if (holder !== undefined) holder.policy = policy;
        return;
      }
      case "rename":
        // Another name, with or without an alias; another key.
        if (!isNew) this.#rename(place, spec, flag);
        return;
      case "turn":
        // A declaration of its own becomes a layout's key, or the other way round.
        if (!isNew && layouts.length > 0) {
          program.drop(place);
          const other = place.layout === undefined ? pick(layouts, to) : undefined;
          program.put(program.free(other, other === undefined ? "m" : "k"), { ...spec, source: undefined });
        }
    }
  }

  #isNew({ layout, name }: Place): boolean {
    const held = this.#engine.entry(layout ?? name)?.held;
    if (held === undefined) return true;
    return layout !== undefined && (held.outs.files as Record<string, unknown>)[name] === undefined;
  }

  #rename(place: Place, spec: FileSpec, hasAlias: boolean): void {
    const program = this.#program;
    program.drop(place);
    const next = program.free(place.layout, "r");
    if (place.layout !== undefined) program.put(next, spec);
    else if (hasAlias) {
      program.put(next, spec);
      program.files.get(next.name)!.alias = place.name;
    } else program.put(next, { ...spec, source: undefined });
  }

  #remove(place: Place, spec: FileSpec): void {
    const { id, origin, path } = this.#recorded(place);
    this.#left.push(path);
    const policy = this.#engine.held(place.layout ?? place.name).outs.deletionPolicy;
    this.#program.drop(place);
    const isDeleted = policy === "DELETE" || (policy !== "RETAIN" && origin !== "adopted");
    if (isDeleted) this.#precious.delete(spec.sha256);
    else this.#leave.push(id);
  }

  #adopted(which: number, how: number): FileSpec | undefined {
    const strangers = [...this.#strangers.values()];
    if (strangers.length === 0) return undefined;
    const file = pick(strangers, which);
    this.#strangers.delete(file.id);
    const sha256 = String(file.sha256);
    this.#precious.add(sha256);
    const source = [undefined, { adopt: { path: file.path } }, { adopt: { id: file.id } }][how % 3];
    return { path: file.path, visibility: undefined, source, sha256, id: file.id };
  }

  #made(what: "copy" | "upload", which: number): FileSpec | undefined {
    const path = this.#freePath(which);
    if (path === undefined) return undefined;
    const spec: FileSpec = { path, visibility: "PRIVATE", source: undefined, sha256: "", id: undefined };
    if (what === "upload") this.#give(spec, this.#text());
    else {
      const original = pick(BRAND, which);
      spec.source = { copy: { bucket: "brand", path: original } };
      spec.sha256 = digest(original);
    }
    return spec;
  }

  #give(spec: FileSpec, text: string): void {
    spec.source = uploadOf(text);
    spec.sha256 = digest(text);
    spec.id = undefined;
  }

  #text(): string {
    this.#texts += 1;
    return `text ${String(this.#texts)}`;
  }

  /** Paths of the program and of strangers. */
  #paths(): Set<string> {
    const files = [...this.#strangers.values(), ...this.#program.all().map(([, spec]) => spec)];
    return new Set([...files.map(({ path }) => path), ...this.#left]);
  }

  #freePath(which: number): string | undefined {
    const taken = this.#paths();
    const free = PATHS.filter((path) => !taken.has(path));
    return free.length === 0 ? undefined : pick(free, which);
  }

  /** Some declared files trade places, among themselves and with free ones. */
  #rearrange(order: readonly number[]): void {
    const declared = this.#program.all();
    if (declared.length === 0) return;
    const some = [...new Set(order.map((which) => pick(declared, which)))];
    for (const [place, spec] of some) {
      // What is to be taken over where it is goes elsewhere only if the program says where it was.
      if (this.#isNew(place)) spec.source ??= { adopt: { path: spec.path } };
    }
    const moved = some.map(([, spec]) => spec);
    const free = PATHS.filter((path) => !this.#paths().has(path));
    const places = [...moved.map(({ path }) => path), ...free];
    for (const [index, spec] of moved.entries()) {
      const [place] = places.splice((order[index] ?? 0) % places.length, 1);
      if (place !== undefined) spec.path = place;
    }
  }

  async #files(): Promise<Stored[]> {
    return this.#emulator.files("media");
  }

  #note(line: string): void {
    this.#log.push(`  ${line}`);
  }
}

function pick<Value>(values: readonly Value[], which: number): Value {
  return values[which % values.length]!;
}
