import { TestEmulator } from "../support/emulator";
import { Plugin } from "../support/plugin";
import { impatientText, linkedFolder, removeFolder } from "../support/projects";
import { FrontDoor } from "./front-door";

/** The kinds of resources under test, by the modules that state names. */
export type Kind = "managed-file" | "file-layout";

/** An emulator and Pulumi's plugin process, for one cell after the other. */
export class Bench {
  #runs = 0;

  private constructor(
    readonly emulator: TestEmulator,
    readonly plugin: Plugin,
    private readonly door: FrontDoor,
    private readonly folder: string,
    private readonly providers: Readonly<Record<Kind, string>>,
  ) {}

  static async open(): Promise<Bench> {
    const emulator = await TestEmulator.start();
    const folder = linkedFolder();
    // The stores under test are late by a few looks, and not by seconds.
    const providers = { "managed-file": impatientText("managed-file"), "file-layout": impatientText("file-layout") };
    const plugin = await Plugin.start(folder);
    return new Bench(emulator, plugin, await FrontDoor.open(emulator.handle.baseUrl), folder, providers);
  }

  /**
   * A run in which the provider knows nothing of those before.
   *
   * @returns the provider as the run's resources name it
   */
  async newRun(kind: Kind): Promise<string> {
    this.#runs += 1;
    const { apiKey, baseUrl, uploadUrl } = this.access();
    await this.plugin.configure({
      "mediasaur:apiKey": apiKey,
      "mediasaur:baseUrl": baseUrl,
      "mediasaur:uploadUrl": uploadUrl,
    });
    // The process configures a provider once, and knows it by its text.
    return `${this.providers[kind]}\n// run ${String(this.#runs)}`;
  }

  /** How to reach the emulator as a service of which nothing is known yet. */
  access(): { apiKey: string; baseUrl: string; uploadUrl: string } {
    const url = this.door.next();
    return { apiKey: this.emulator.handle.apiKey, baseUrl: url, uploadUrl: url };
  }

  async close(): Promise<void> {
    await this.plugin.kill();
    await this.door.close();
    await this.emulator.close();
    removeFolder(this.folder);
  }
}
