import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedFileInputs, ManagedFileState } from "../../../provider/model/managed-file";
import {
  checkManagedFile,
  createManagedFile,
  deleteManagedFile,
  diffManagedFileLive,
  PartialFailure,
  Session,
  updateManagedFile,
} from "../../../provider/resources";
import type { TestEmulator } from "../../support/emulator";

type Raw = Record<string, unknown>;

interface Held {
  id: string;
  inputs: Raw;
  state: ManagedFileState;
}

/** ManagedFiles with their state, in this process: checks and diffs one after the other, creates and updates side by side. */
export class FileStack {
  readonly held = new Map<string, Held>();
  readonly warned: string[] = [];
  session!: Session;

  constructor(
    readonly emulator: TestEmulator,
    readonly notesFolder?: string,
  ) {
    this.newRun();
  }

  newRun(): Session {
    const { apiKey, baseUrl, uploadUrl } = this.emulator.handle;
    this.session = new Session({ apiKey, baseUrl, uploadUrl }, (line) => void this.warned.push(line), {
      sleep: (ms) => sleep(Math.min(ms, 1)),
      ...(this.notesFolder === undefined ? {} : { notesFolder: this.notesFolder }),
    });
    return this.session;
  }

  /**
   * `up`, as a new run.
   *
   * @returns what went wrong, by declaration
   */
  async up(program: Record<string, Raw>, parallel = 8): Promise<Record<string, string>> {
    this.newRun();
    return this.upIn(program, parallel);
  }

  /** `up` in the run that is under way. */
  async upIn(program: Record<string, Raw>, parallel = 8): Promise<Record<string, string>> {
    const failed: Record<string, string> = {};
    const underWay = new Set<Promise<void>>();
    for (const [name, args] of Object.entries(program)) {
      const held = this.held.get(name);
      const news: Raw = { bucket: "media", ...args, __declaration: name };
      try {
        const problems = await checkManagedFile(this.session, held?.inputs ?? {}, news);
        if (problems.length > 0)
          throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join());
        const inputs = news as unknown as ManagedFileInputs;
        const { changes, replaces } =
          held === undefined
            ? { changes: true, replaces: [] as readonly string[] }
            : await diffManagedFileLive(this.session, held.id, held.state, news);
        if (!changes) continue;
        if (replaces.length > 0) await checkManagedFile(this.session, {}, news);
        const task = this.#apply(name, held, inputs, replaces.length > 0).catch((error: unknown) => {
          failed[name] = error instanceof Error ? error.message : String(error);
        });
        underWay.add(task);
        void task.finally(() => underWay.delete(task));
      } catch (error) {
        failed[name] = error instanceof Error ? error.message : String(error);
      }
      while (underWay.size >= parallel) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    if (Object.keys(failed).length > 0) return failed;
    for (const [name, held] of [...this.held]) {
      if (name in program) continue;
      await deleteManagedFile(() => this.session, held.state);
      this.held.delete(name);
    }
    return failed;
  }

  async #apply(name: string, held: Held | undefined, inputs: ManagedFileInputs, replaces: boolean): Promise<void> {
    const raw = inputs as unknown as Raw;
    try {
      if (held === undefined || replaces) {
        const { id, state } = await createManagedFile(this.session, inputs);
        this.held.set(name, { id, inputs: raw, state: kept(state) });
        if (held !== undefined) await deleteManagedFile(() => this.session, held.state);
      } else {
        const state = await updateManagedFile(this.session, held.id, held.state, inputs);
        this.held.set(name, { id: held.id, inputs: raw, state: kept(state) });
      }
    } catch (error) {
      if (error instanceof PartialFailure) {
        const state = kept(error.state as ManagedFileState);
        this.held.set(name, { id: error.id, inputs: held?.inputs ?? raw, state });
      }
      throw error;
    }
  }
}

function kept(state: ManagedFileState): ManagedFileState {
  return JSON.parse(JSON.stringify(state)) as ManagedFileState;
}
