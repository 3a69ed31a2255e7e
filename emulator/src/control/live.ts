import type { FastifyInstance, FastifyReply } from "fastify";
import { foreignContent } from "../http/browser-headers";
import { missing, ApiFailure } from "../failure";
import type { LiveMessage } from "../live/feed";
import { differences } from "../live/marks";
import { briefFile } from "../live/rows";
import { mediaTypeOf } from "../media-types";
import type { EmulatorState } from "../state";
import type { FileRow } from "../store/rows";
import { everything } from "../store/store";
import { UsageError } from "../usage-error";
import { describeFile } from "./describe";

const HEARTBEAT_MS = 15_000;

/** What the page asks for beyond what tests do: briefly, all at once, and as it happens. */
export function looksOfThePage(control: FastifyInstance, state: EmulatorState): void {
  control.get("/connection", (request) => {
    // Whoever has the key can do what the page can; another site is not told it, whatever its browser lets it read.
    const site = request.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new ApiFailure(403, "forbidden", "A page of another site is not told the key");
    }
    return { run: state.feed.run, base_url: state.baseUrl, api_key: state.apiKey };
  });
  control.get("/live", (request, reply) => {
    stream(reply, state);
    request.raw.socket.setNoDelay(true);
  });
  control.get("/files", () => {
    state.later.tick(false);
    const buckets = state.store.buckets.all();
    return {
      buckets: buckets.map(({ name }) => name),
      files: buckets.flatMap(({ name }) => state.store.list(name, everything, "path", -1, 0).map(briefFile)),
    };
  });
  control.get<{ Querystring: { file_id?: string } }>("/file", ({ query }) => describeFile(state, fileOf(state, query)));
  control.get<{ Querystring: { file_id?: string } }>("/content", ({ query }, reply) => {
    const file = fileOf(state, query);
    return reply
      .headers({ ...foreignContent, "content-type": mediaTypeOf(file.path), "content-length": file.size })
      .send(state.store.content.read(file.blob, file.size));
  });
  control.get<{ Params: { seq: string } }>("/requests/:seq", ({ params }) => {
    const entry = state.journal.get(Number(params.seq));
    if (entry === undefined) throw missing(`Request ${params.seq}`);
    return entry;
  });
  control.get("/snapshots", () => ({ snapshots: state.marks.list() }));
  control.get<{ Querystring: { since?: string } }>("/changes", ({ query }) => {
    const { since = "default" } = query;
    const found = state.marks.get(since);
    if (found === undefined) throw new UsageError(`there is no snapshot "${since}"`);
    const { mark, files } = found;
    state.later.tick(false);
    const now = state.store.buckets.all().flatMap(({ name }) => state.store.list(name, everything, "path", -1, 0));
    return { snapshot: mark, changes: differences(files, now, state.journal.since(mark.seq)) };
  });
}

function fileOf(state: EmulatorState, { file_id: id = "" }: { readonly file_id?: string }): FileRow {
  const file = state.store.file(id);
  if (file === undefined) throw missing(`File "${id}"`);
  return file;
}

/** Server-sent events, until the other side goes. */
function stream(reply: FastifyReply, state: EmulatorState): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
  });
  const send = (message: LiveMessage): void => {
    raw.write(`data: ${JSON.stringify(message)}\n\n`);
  };
  send({ run: state.feed.run });
  const end = state.feed.listen(send);
  const beat = setInterval(() => raw.write(":\n\n"), HEARTBEAT_MS).unref();
  raw.once("close", () => {
    end();
    clearInterval(beat);
  });
}
