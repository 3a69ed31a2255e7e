import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isMediasaurError, MediasaurClient, type FileInfo } from "../../../../provider/client";
import type { Config } from "../../../../provider/client/config";
import { multipart } from "../../../../provider/client/http/multipart";
import { exchange, type Answer, type Exchange } from "../../../../provider/client/http/transport";
import { Interrupted } from "./interrupted";
import { World } from "./world";

const TIMEOUT_MS = 30_000;
const WAITS_MS = [0, 50, 100, 200, 400, 800];
const BUSY = new Set([429, 503]);

/** A form field, the query or a token: where an upload names its bucket. */
export type BucketPlace = { form: true } | { query: true } | { token: string };

/**
 * A folder of its own in a bucket, and the means to try things there. Whatever is made is remembered, to be taken away again.
 * Requests are sent as they are, as the answer itself is what is looked for.
 */
export class Lab {
  /** The scratch folder: nobody has another of that name. */
  readonly folder = `.mediasaur-doctor-${randomBytes(4).toString("hex")}`;
  readonly client: MediasaurClient;
  /** Looks that a listing needed until it showed a write, and how long that took. */
  lag = { looks: 0, ms: 0 };
  readonly #made = new Set<string>();
  readonly #strays = new Set<string>();
  readonly #seen = new Map<string, FileInfo>();
  #size = 10;

  constructor(
    private readonly config: Config,
    readonly bucket: string,
    private readonly stop: AbortSignal,
  ) {
    this.client = new MediasaurClient(config);
  }

  /** Everything that was made. */
  get made(): Iterable<string> {
    return this.#made;
  }

  /** Paths outside the folder where something may have been put. */
  get strays(): Iterable<string> {
    return this.#strays;
  }

  /** A full path in the scratch folder. */
  path(rest: string): string {
    return `${this.folder}/${rest}`;
  }

  /** Remembers that something may be at a path outside the folder. */
  mayBeAt(path: string): void {
    this.#strays.add(path);
  }

  /** One request to the File Management API. */
  ask(method: Exchange["method"], path: string, json?: unknown): Promise<Answer> {
    const body = json === undefined ? {} : { body: Buffer.from(JSON.stringify(json)) };
    const type = json === undefined ? {} : { "content-type": "application/json" };
    return this.#send({ url: this.config.baseUrl + path, method, headers: type, timeoutMs: TIMEOUT_MS, ...body });
  }

  /** One upload, of a size that no other file here has. */
  upload(path: string, place: BucketPlace): Promise<Answer> {
    const inForm = "form" in place;
    const form = multipart({
      fields: [...(inForm ? ([["bucket", this.bucket]] as [string, string][]) : []), ["path", path]],
      fileName: path.slice(path.lastIndexOf("/") + 1),
      contentType: "text/plain",
      ...this.#content(),
    });
    const query = "query" in place ? `?bucket=${encodeURIComponent(this.bucket)}` : "";
    const bearer = "token" in place ? { authorization: `Bearer ${place.token}` } : {};
    const url = `${this.config.uploadUrl}/${query}`;
    const headers = { ...form.headers, ...bearer };
    return this.#send({ url, method: "POST", headers, body: form.body, timeoutMs: TIMEOUT_MS });
  }

  /** Makes a file, and waits until it can be read. */
  async make(rest: string): Promise<FileInfo> {
    const path = this.path(rest);
    const before = await this.look();
    this.#goOn();
    const { content, size } = this.#content();
    const hint = await this.client.upload({
      bucket: this.bucket,
      path,
      body: content,
      size,
      contentType: "text/plain",
    });
    if (hint.id !== undefined) this.#made.add(hint.id);
    const world = await this.settle(before, (now) => now.newSince(before).length > 0, hint.id);
    const [file] = world.newSince(before);
    if (file === undefined) throw new Error(`the upload to ${path} was accepted, and no file came of it`);
    return file;
  }

  /** The scratch folder as it is now, and the files of these ids, wherever they are and whatever was known of them. */
  async look(...ids: (string | undefined)[]): Promise<World> {
    this.#goOn();
    const listed = await this.#list();
    for (const { id } of listed) this.#made.add(id);
    const asked = new Set(ids.filter((id) => id !== undefined));
    const details = new Map<string, FileInfo>();
    for (const id of new Set([...asked, ...listed.map((file) => file.id)])) {
      // What is not part of the experiment does not change.
      const file = (asked.has(id) ? undefined : this.#seen.get(id)) ?? (await this.read(id));
      if (file === undefined) this.#seen.delete(id);
      else {
        this.#seen.set(id, file);
        details.set(id, file);
      }
    }
    return new World(listed, details);
  }

  /** A file by its id; `undefined` also where what is not there is answered in other ways than by 404. */
  async read(id: string): Promise<FileInfo | undefined> {
    this.#goOn();
    try {
      return await this.client.getFile(id);
    } catch (error) {
      if (isMediasaurError(error) && (error.code === "forbidden" || error.code === "invalid_request")) return undefined;
      throw error;
    }
  }

  /**
   * Looks until something has changed, or what is waited for has come, and the listing has had its time to follow; or until
   * it is clear that nothing will.
   */
  async settle(before: World, isDone: (now: World) => boolean, ...ids: (string | undefined)[]): Promise<World> {
    const start = Date.now();
    let last: World | undefined;
    for (let look = 0; ; look++) {
      await sleep(WAITS_MS[look] ?? 800);
      const now = await this.look(...ids);
      const late = look > this.lag.looks && Date.now() - start > 2 * this.lag.ms;
      if (late && isDone(now) && last?.equals(now) === true) return now;
      if (late && look >= WAITS_MS.length) return now;
      last = isDone(now) || !now.equals(before) ? now : undefined;
    }
  }

  /** Again, where rows have changed their order between two pages. */
  async #list(): Promise<FileInfo[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.client.listFiles({ bucket: this.bucket, path: `${this.folder}/` });
      } catch (error) {
        if (attempt >= 5 || !isMediasaurError(error) || error.code !== "offset_ignored") throw error;
      }
    }
  }

  #content(): { content: () => Buffer; size: number } {
    const size = this.#size++;
    return { content: () => Buffer.alloc(size, "x"), size };
  }

  async #send(request: Exchange): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      this.#goOn();
      const { url, headers, ...rest } = request;
      const authorization = `Bearer ${this.config.apiKey}`;
      const own = { accept: "application/json", "user-agent": "pulumi-mediasaur doctor", authorization };
      const answer = await exchange({ url, headers: { ...own, ...headers }, ...rest });
      if ("broken" in answer) throw new Error(`no answer to ${request.method} (${answer.reason})`);
      if (!BUSY.has(answer.status) || attempt > 5) return answer;
      await sleep(1000 * attempt);
    }
  }

  #goOn(): void {
    if (this.stop.aborted) throw new Interrupted("stopped");
  }
}
