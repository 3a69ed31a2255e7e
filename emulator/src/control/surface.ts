import type { FastifyInstance, FastifyPluginCallback } from "fastify";
import { withSwitches } from "../dialect/choice";
import { dialects } from "../dialect/dialects";
import { ownContent } from "../http/browser-headers";
import type { ContractRoute } from "../http/contract";
import { edit } from "../edit";
import { ApiFailure, missing } from "../failure";
import { describeKinds } from "../faults/kinds";
import { briefEntry } from "../live/rows";
import { findFile } from "../operations/lookup";
import { presets } from "../dialect/presets";
import type { EmulatorState } from "../state";
import { UsageError } from "../usage-error";
import { describeState, describeFile } from "./describe";
import { looksOfThePage } from "./live";
import { servePage } from "./page";

/** The routes with which tests look into an emulator and change it. They need no key, and no fault befalls them. */
export function controlSurface(state: EmulatorState, routes: readonly ContractRoute[]): FastifyPluginCallback {
  return (control, _options, done) => {
    control.setErrorHandler((error, _request, reply) => {
      const status = error instanceof UsageError ? 422 : error instanceof ApiFailure ? error.status : undefined;
      const { statusCode = 500, message } = error as { statusCode?: number; message: string };
      return reply.code(status ?? statusCode).send({ detail: message });
    });
    control.addHook("onRequest", (_request, reply, next) => {
      reply.headers(ownContent);
      next();
    });
    control.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: "There is no such control" }));
    looks(control, state, routes);
    looksOfThePage(control, state);
    servePage(control);
    changes(control, state);
    control.addHook("onResponse", (request, _reply, next) => {
      if (request.method !== "GET") state.feed.settings();
      next();
    });
    done();
  };
}

function looks(control: FastifyInstance, state: EmulatorState, routes: readonly ContractRoute[]): void {
  control.get("/health", () => ({ status: "ok", now: new Date(state.clock.now()).toISOString() }));
  control.get<{ Querystring: { bucket?: string } }>("/state", ({ query }) => describeState(state, query.bucket));
  control.get<{ Querystring: { since?: string; brief?: string } }>("/requests", ({ query }) => {
    const requests = state.journal.since(Number(query.since ?? 0));
    return { requests: query.brief === undefined ? requests : requests.map(briefEntry) };
  });
  control.delete("/requests", (_request, reply) => {
    state.journal.clear();
    return reply.code(204).send();
  });
  control.get("/routes", () => ({ routes }));
  control.get("/dialect", () => state.dialect);
  control.get("/dialects", () => dialects);
  control.get("/presets", () => presets);
  control.get("/kinds", () => describeKinds());
  control.get("/faults", () => ({ faults: state.faults.list() }));
  control.get<{ Querystring: { file_id?: string; expires_in?: string } }>("/sign", ({ query }) => {
    const file = findFile(state.store, query.file_id ?? "", state.dialect);
    if (file === undefined) throw missing("File");
    const seconds = Number(query.expires_in ?? 3600);
    if (!Number.isInteger(seconds)) throw new UsageError("expires_in must be a number of seconds");
    return { url: state.urls.signed(file, seconds) };
  });
}

function changes(control: FastifyInstance, state: EmulatorState): void {
  control.put("/dialect", ({ body }) => (state.dialect = withSwitches(state.dialect, body)));
  control.put("/faults", ({ body }) => {
    state.faults.set(Array.isArray(body) ? body : asObject(body)["faults"]);
    return { faults: state.faults.list() };
  });
  control.post("/reset", async () => {
    state.reset();
    await state.host.reopen();
    return { status: "ok" };
  });
  control.post("/reseed", ({ body }) => {
    const { seed } = asObject(body);
    if (seed === undefined) throw new UsageError("seed is missing");
    // A path would let whoever reaches this port read the user's files.
    if (typeof seed === "string") throw new UsageError("seed must be an object; a path is for --seed alone");
    state.reseed(seed);
    return { status: "ok" };
  });
  control.post("/snapshot", ({ body }) => {
    const name = nameOf(body);
    const snapshot = state.store.snapshot(name);
    state.marks.add(name, snapshot, state.journal.last);
    return { name, files: snapshot.files.length };
  });
  control.post("/restore", ({ body }) => {
    const name = nameOf(body);
    if (!state.store.restore(name)) throw new UsageError(`there is no snapshot "${name}"`);
    state.settle();
    return { name };
  });
  control.post("/clock", ({ body }) => {
    const { advance_ms: ms } = asObject(body);
    if (typeof ms !== "number" || !Number.isFinite(ms)) throw new UsageError("advance_ms must be a number");
    state.clock.advance(ms);
    return { now: new Date(state.clock.now()).toISOString() };
  });
  control.post("/edit", ({ body }) => {
    const file = edit(state, asObject(body));
    return file === undefined ? {} : { file: describeFile(state, file) };
  });
}

function nameOf(body: unknown): string {
  const { name = "default" } = asObject(body ?? {});
  if (typeof name !== "string") throw new UsageError("name must be text");
  return name;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError("the body must be a JSON object");
  }
  return value as Record<string, unknown>;
}
