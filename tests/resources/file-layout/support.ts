import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileLayoutState } from "../../../provider/model/file-layout";
import {
  checkFileLayout,
  checkSweep,
  createFileLayout,
  deleteFileLayout,
  diffFileLayout,
  diffSweep,
  owned,
  PartialFailure,
  readFileLayout,
  readUndeclaredFiles,
  Session,
  sweep,
  updateFileLayout,
} from "../../../provider/resources";
import type { TestEmulator } from "../../support/emulator";

export type Raw = Record<string, unknown>;

/** An asset of a text, as the engine hands it over. */
export const textAsset = (text: string): Raw => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

const kind = owned("FileLayout", {
  check: checkFileLayout,
  diff: (session: Session, _id: string, state: FileLayoutState, news: Raw) => diffFileLayout(session, state, news),
  create: createFileLayout,
  update: updateFileLayout,
});

/** One FileLayout with its state, and the part of the engine that matters: check, then create, or diff and update. */
export class LayoutStack {
  state: FileLayoutState | undefined;
  inputs: Raw = {};
  id = "";
  /** What the run has told, and what it warned of. */
  readonly told: string[] = [];
  readonly warned: string[] = [];
  session!: Session;
  /** What is declared beside the layout, and what state holds of declarations that the run has not; a gap is one by itself. */
  notes: Raw = {};
  /** Whether there is anything to do about undeclared files is asked only of layouts that have a say over them. */
  unmanagedFiles: readonly { readonly path: string; readonly visibility?: string }[] | undefined;
  #swept = false;

  constructor(
    readonly emulator: TestEmulator,
    readonly name = "site",
  ) {
    this.newRun();
  }

  /** What the engine does at the start of a command: what the process remembers is gone. */
  newRun(session?: Session): Session {
    const { apiKey, baseUrl, uploadUrl } = this.emulator.handle;
    this.told.length = 0;
    this.warned.length = 0;
    this.session =
      session ??
      new Session({ apiKey, baseUrl, uploadUrl }, (line) => void this.warned.push(line), {
        inform: (line) => void this.told.push(line),
        // Waiting for the store is not what is tested here.
        sleep: (ms) => sleep(Math.min(ms, 1)),
      });
    return this.session;
  }

  #news(args: Raw): Raw {
    const { files, ...settings } = args;
    return { bucket: "media", ...settings, declared: files, __declaration: this.name };
  }

  /** What a preview does and says; nothing is written. */
  async preview(args: Raw): Promise<{ changes: boolean; replaces: readonly string[] }> {
    this.newRun();
    const { changes, replaces } = await this.look(args);
    const sweeps = await this.lookAtTheEnd(args);
    return { changes: changes || sweeps, replaces };
  }

  /** Check and diff in the run that is under way. */
  async look(args: Raw): Promise<{ changes: boolean; replaces: readonly string[] }> {
    const news = this.#news(args);
    const failures = await kind.check(this.session, this.inputs, news);
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    if (this.state === undefined) return { changes: true, replaces: [] };
    return kind.diff(this.session, this.id, this.state, news);
  }

  /** What the end of the program does about undeclared files: reports, and says whether there is anything to sweep. */
  async lookAtTheEnd(args: Raw): Promise<boolean> {
    if (args["rules"] === undefined && args["unmanaged"] === undefined) return false;
    const news = {
      layout: this.name,
      __run: JSON.stringify({ roster: [`FileLayout ${this.name}`], held: [], ...this.notes }),
    };
    this.unmanagedFiles = (await readUndeclaredFiles(this.session, news)).unmanagedFiles;
    const failures = await checkSweep(this.session, this.#swept ? { layout: this.name } : {}, { ...news });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return (await diffSweep(this.session, { layout: this.name }, news)).changes;
  }

  /** `up`, as a new run; gives whether there was anything to do. */
  async up(args: Raw): Promise<boolean> {
    return this.upIn(this.newRun(), args);
  }

  /** `up` in a run of the test's own. */
  async upIn(session: Session, args: Raw): Promise<boolean> {
    this.newRun(session);
    const { changes } = await this.look(args);
    const news = this.#news(args);
    if (changes) await this.#apply(news);
    else this.inputs = news;
    const sweeps = await this.lookAtTheEnd(args);
    if (sweeps) await sweep(this.session, { layout: this.name });
    this.#swept = true;
    return changes || sweeps;
  }

  async #apply(news: Raw): Promise<void> {
    try {
      if (this.state === undefined) {
        const { id, state } = await kind.create(this.session, news as never);
        this.id = id;
        this.state = kept(state);
      } else this.state = kept(await kind.update(this.session, this.id, this.state, news as never));
      this.inputs = news;
    } catch (error) {
      if (error instanceof PartialFailure) {
        if (this.state === undefined) this.inputs = news;
        this.id = error.id;
        this.state = kept(error.state as FileLayoutState);
      }
      throw error;
    }
  }

  /** `refresh`. */
  async refresh(): Promise<void> {
    this.newRun();
    const { state, inputs } = await readFileLayout(this.session, this.state!);
    this.state = kept(state);
    this.inputs = inputs as unknown as Raw;
  }

  /** `destroy`. */
  async destroy(): Promise<void> {
    this.newRun();
    await deleteFileLayout(() => this.session, this.state!);
    this.state = undefined;
    this.inputs = {};
  }

  /** Where each key's file is, by state. */
  paths(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.state?.files ?? {}).map(([key, { path }]) => [key, path]));
  }
}

/** As it comes back from the engine. */
function kept(state: FileLayoutState): FileLayoutState {
  return JSON.parse(JSON.stringify(state)) as FileLayoutState;
}
