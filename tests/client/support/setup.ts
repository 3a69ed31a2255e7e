import { inspect } from "node:util";
import { MediasaurClient, MediasaurError, type ClientOptions, type Clock } from "../../../provider/client";
import { ScriptedServer } from "./scripted-server";

export const KEY = "sk_live_0123456789abcdef";

/** Time that passes only when someone sleeps; no chance, unless it is given. */
export class FakeClock implements Clock {
  time = 1_700_000_000_000;
  readonly slept: number[] = [];
  /** Called as a sleep begins; time passes only when it is done. */
  onSleep: (() => Promise<void>) | undefined;
  constructor(readonly chance = 0) {}
  now(): number {
    return this.time;
  }
  async sleep(ms: number): Promise<void> {
    await this.onSleep?.();
    this.slept.push(ms);
    this.time += ms;
    await Promise.resolve();
  }
  random(): number {
    return this.chance;
  }
}

const servers: ScriptedServer[] = [];

export async function server(): Promise<ScriptedServer> {
  const started = await ScriptedServer.start();
  servers.push(started);
  return started;
}

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((each) => each.close()));
}

export function clientOf(at: ScriptedServer | string, options: Partial<ClientOptions> = {}): MediasaurClient {
  const url = typeof at === "string" ? at : at.url;
  return new MediasaurClient({ apiKey: KEY, baseUrl: url, uploadUrl: url, clock: new FakeClock(), ...options });
}

/** The error that a promise ends with; fails the test where it does not, or where the error shows the key. */
export async function errorOf(promise: Promise<unknown>): Promise<MediasaurError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MediasaurError)) throw new Error(`expected a MediasaurError, got ${inspect(error)}`);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(KEY);
  expect(error.message).not.toMatch(/[\r\n]/);
  return error;
}

export const row = (id: string, path: string, more: object = {}): Record<string, unknown> => ({
  id,
  bucket: "media",
  path,
  name: path.slice(path.lastIndexOf("/") + 1),
  size: 3,
  visibility: "PUBLIC",
  ...more,
});
