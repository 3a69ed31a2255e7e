import { control, forgetKey } from "./doors";
import type { BriefFile, PageFile, PageRequest } from "./model";

interface Message {
  readonly run: string;
  readonly everything?: true;
  readonly buckets?: readonly string[];
  readonly put?: readonly BriefFile[];
  readonly gone?: readonly string[];
  readonly requests?: readonly PageRequest[];
  readonly cleared?: true;
  readonly settings?: true;
}

/** What one can be told of. */
export type Topic = "connection" | "files" | "requests" | "settings";

const KEPT_REQUESTS = 100_000;
const RETRY_MS = 1000;

/** What the emulator holds, as it changes. Where the connection is lost it comes back by itself, and asks for all anew. */
export class Live {
  files = new Map<string, PageFile>();
  buckets: readonly string[] = [];
  requests: PageRequest[] = [];
  connection: "loading" | "live" | "lost" = "loading";
  readonly #positions = new Map<number, number>();
  readonly #listeners = new Map<Topic, Set<() => void>>();
  #loading = false;
  #again = false;
  #waiting: Message[] = [];
  #source: EventSource | undefined;

  /** Connects, for good. */
  start(): void {
    const source = new EventSource("/_emulator/live");
    this.#source = source;
    let isFirst = true;
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as Message;
      if (isFirst || message.everything === true) void this.#load();
      else if (this.#loading) this.#waiting.push(message);
      else this.#take(message);
      isFirst = false;
    };
    source.onerror = () => {
      source.close();
      if (this.#source !== source) return;
      this.#lose();
      setTimeout(() => {
        this.start();
      }, RETRY_MS);
    };
  }

  /** Listens to a topic; gives what ends it. */
  on(topic: Topic, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  #tell(...topics: readonly Topic[]): void {
    for (const topic of topics) for (const listener of this.#listeners.get(topic) ?? []) listener();
  }

  #lose(): void {
    if (this.connection === "lost") return;
    this.connection = "lost";
    forgetKey();
    this.#tell("connection");
  }

  async #load(): Promise<void> {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    this.#loading = true;
    this.#waiting = [];
    try {
      const [held, journal] = await Promise.all([
        control<{ buckets: string[]; files: BriefFile[] }>("GET", "files"),
        control<{ requests: PageRequest[] }>("GET", "requests?brief=true"),
      ]);
      this.buckets = held.buckets;
      this.files = new Map(held.files.map((file) => [file[0], unpack(file)]));
      this.#replaceRequests(journal.requests);
      this.connection = "live";
    } catch {
      // The stream ends as well then, and begins anew.
      this.#source?.onerror?.(new Event("error"));
      return;
    } finally {
      this.#loading = false;
    }
    for (const message of this.#waiting.splice(0)) this.#take(message, false);
    this.#tell("connection", "files", "requests", "settings");
    if (this.#again) {
      this.#again = false;
      void this.#load();
    }
  }

  #take({ buckets, put = [], gone = [], requests = [], cleared, settings }: Message, isToTell = true): void {
    const topics: Topic[] = [];
    if (buckets !== undefined && buckets.join("\0") !== this.buckets.join("\0")) {
      this.buckets = buckets;
      topics.push("files");
    }
    if (put.length + gone.length > 0) {
      for (const id of gone) this.files.delete(id);
      for (const file of put) this.files.set(file[0], unpack(file));
      topics.push("files");
    }
    if (cleared === true) this.#replaceRequests([]);
    for (const request of requests) this.#putRequest(request);
    if (cleared === true || requests.length > 0) topics.push("requests");
    // Hits of faults count up with what they befall.
    if (settings === true || requests.some(({ fault }) => fault !== null)) topics.push("settings");
    if (isToTell) this.#tell(...new Set(topics));
  }

  #putRequest(request: PageRequest): void {
    const at = this.#positions.get(request.seq);
    if (at !== undefined) {
      this.requests[at] = request;
      return;
    }
    this.#positions.set(request.seq, this.requests.push(request) - 1);
    if (this.requests.length > KEPT_REQUESTS * 1.1) this.#replaceRequests(this.requests.slice(-KEPT_REQUESTS));
  }

  #replaceRequests(requests: readonly PageRequest[]): void {
    this.requests = [...requests];
    this.#positions.clear();
    this.requests.forEach(({ seq }, index) => this.#positions.set(seq, index));
  }
}

function unpack([id, bucket, path, size, isPublic, label, updatedAt]: BriefFile): PageFile {
  return { id, bucket, path, size, isPublic: isPublic === 1, label, updatedAt };
}
