import multipart from "@fastify/multipart";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from "fastify";
import { PAGE } from "../control/page";
import { controlSurface } from "../control/surface";
import { unusualSwitches } from "../dialect/choice";
import { ApiFailure, invalid } from "../failure";
import type { ContractOperation, OperationName } from "../operations/names";
import { operationNames } from "../operations/names";
import { renderError } from "../render/error";
import type { EmulatorState } from "../state";
import { authenticate } from "./authentication";
import { loadContract } from "./contract";
import { deliver } from "./deliver";
import { asFailure } from "./failures";
import type { Gate } from "./gate";
import { serve } from "./pipeline";
import { beginRequest, contextOf, dialectFor } from "./request-context";
import { createGatedServer } from "./server";

const LARGEST_JSON = 64 * 1024 * 1024;

/** The server, bound to the contract: both of the service's endpoints, downloads, and the control surface. */
export async function createApp(state: EmulatorState, gate: Gate): Promise<FastifyInstance> {
  const app = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true, strict: false } },
    bodyLimit: LARGEST_JSON,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5000 },
    serverFactory: (handler) => createGatedServer(gate, handler),
  });
  takeJsonOnly(app);
  await app.register(multipart);
  const contract = loadContract();
  const routes = [
    ...contract.routes,
    { method: "GET", path: "/f/{bucket}/{path}", operation: "download" as OperationName },
  ];
  await app.register(controlSurface(state, routes), { prefix: "/_emulator" });
  app.get("/", (_request, reply) => reply.redirect(PAGE));
  app.get("/favicon.ico", (_request, reply) => reply.redirect(`${PAGE}/icon.svg`));
  await app.register(async (api) => {
    api.addHook("onRequest", (request, reply, done) => {
      const context = beginRequest(state, request);
      if (state.host.isToBeCut()) {
        context.entry.fault = "refuse";
        state.journal.end(context.entry);
        reply.hijack();
        request.raw.socket.resetAndDestroy();
        return;
      }
      context.dialect = dialectFor(state, request);
      context.entry.dialect = unusualSwitches(context.dialect);
      if (context.operation !== undefined) {
        context.claims = authenticate(state, context.operation, context.dialect, request.headers.authorization);
      }
      done();
    });
    api.addHook("preValidation", (request, _reply, done) => {
      readNumbers(request.query as Record<string, unknown>);
      const context = contextOf(request);
      if (context !== undefined && request.body !== undefined && !request.isMultipart()) {
        state.journal.body(context.entry, request.body);
      }
      done();
    });
    api.setErrorHandler((error, request, reply) => fail(state, error, request, reply));
    api.setNotFoundHandler((request, reply) => {
      const failure = new ApiFailure(404, "route_not_found", "Not Found");
      return fail(state, failure, request, reply);
    });
    // The package is an ES module, as its dependencies are.
    const { fastifyOpenapiGlue } = await import("fastify-openapi-glue");
    await api.register(fastifyOpenapiGlue, {
      specification: contract.document,
      operationResolver: (operationId) => {
        const operation = operationNames[operationId as ContractOperation];
        return {
          config: { operation },
          handler: (request: FastifyRequest, reply: FastifyReply) => serve(state, operation, request, reply),
          // Its types ask for a whole route, though it adds method and address itself.
        } as unknown as RouteOptions;
      },
    });
    api.get("/f/:bucket/*", { config: { operation: "download" } as object }, (request, reply) =>
      serve(state, "download", request, reply),
    );
  });
  return app;
}

function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    // Clients that always name a type send it with no body, too.
    if (body === "") {
      done(null, undefined);
      return;
    }
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(invalid([{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]));
    }
  });
}

/** A query holds nothing but text; with Ajv's coercion a body's `5` would pass for `"5"` as well. */
function readNumbers(query: Record<string, unknown>): void {
  for (const name of ["limit", "offset"]) {
    const value = query[name];
    if (typeof value === "string" && /^-?\d+$/.test(value)) query[name] = Number(value);
  }
}

function fail(
  state: EmulatorState,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const failure = asFailure(error);
  if (failure.status === 500) process.stderr.write(`mediasaur-emulator: ${(error as Error).stack ?? String(error)}\n`);
  const { dialect } = contextOf(request) ?? state;
  return deliver(state, request, reply, renderError(failure, dialect));
}
