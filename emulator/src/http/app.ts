import multipart from "@fastify/multipart";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from "fastify";
import { PAGE } from "../control/page";
import { controlSurface } from "../control/surface";
import { unusualSwitches } from "../dialect/choice";
import { ApiFailure, invalidField } from "../failure";
import type { ContractOperation, OperationName } from "../operations/names";
import { operationNames } from "../operations/names";
import { isStorable } from "../paths";
import { renderError } from "../render/error";
import type { EmulatorState } from "../state";
import { authenticate } from "./authentication";
import { loadContract, methodsAt } from "./contract";
import { deliver } from "./deliver";
import { asFailure } from "./failures";
import type { Gate } from "./gate";
import { takeJsonOnly } from "./json-body";
import { answerExpectation, answerMalformed } from "./malformed";
import { serve } from "./pipeline";
import { beginRequest, contextOf, dialectFor } from "./request-context";
import { createGatedServer, type OnTrouble } from "./server";

/** The server, bound to the contract: both of the service's endpoints, downloads, and the control surface. */
export async function createApp(state: EmulatorState, gate: Gate): Promise<FastifyInstance> {
  const onTrouble: OnTrouble = {
    timeout: (socket) => {
      answerMalformed(state, { code: "ERR_HTTP_REQUEST_TIMEOUT" }, socket);
    },
    expectation: (response) => {
      answerExpectation(state, response);
    },
  };
  const app = fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true, strict: false } },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5000 },
    serverFactory: (handler) => createGatedServer(gate, state.idleMs, onTrouble, handler),
    clientErrorHandler: (error, socket) => {
      answerMalformed(state, error, socket);
    },
    frameworkErrors: (error, request, reply) => {
      beginRequest(state, request);
      void fail(state, error, request, reply);
    },
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
      requireStorable(request);
      const context = contextOf(request);
      if (context !== undefined && request.body !== undefined && !request.isMultipart()) {
        state.journal.body(context.entry, request.body);
      }
      done();
    });
    api.setErrorHandler((error, request, reply) => fail(state, error, request, reply));
    api.setNotFoundHandler((request, reply) => {
      const allowed = methodsAt(routes, request.url);
      const failure =
        allowed.length === 0
          ? new ApiFailure(404, "route_not_found", "Not Found")
          : new ApiFailure(405, "method_not_allowed", "Method Not Allowed", undefined, { allow: allowed.join(", ") });
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

/** Looks nothing up by a text that the database would read as another. */
function requireStorable({ query, params }: FastifyRequest): void {
  for (const [place, values] of [["query", query] as const, ["path", params] as const]) {
    for (const [name, value] of Object.entries(values as Record<string, unknown>)) {
      if (![value].flat().every((one) => typeof one !== "string" || isStorable(one))) {
        throw invalidField(place, name, `${name} holds a NUL or half a surrogate pair`);
      }
    }
  }
}

/** A query holds nothing but text; with Ajv's coercion a body's `5` would pass for `"5"` as well. */
function readNumbers(query: Record<string, unknown>): void {
  for (const name of ["limit", "offset"]) {
    const value = query[name];
    if (typeof value !== "string" || !/^-?\d+$/.test(value)) continue;
    // What is too large to be told from its neighbours stays a text, and is refused as one.
    if (Number.isSafeInteger(Number(value))) query[name] = Number(value);
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
