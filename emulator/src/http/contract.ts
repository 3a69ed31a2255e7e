import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type ContractOperation, operationNames, type OperationName } from "../operations/names";

interface ContractItem {
  operationId?: ContractOperation;
  responses?: unknown;
  requestBody?: { content: Record<string, unknown> };
}

/** An operation of the contract as a route. */
export interface ContractRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationName;
}

/** The contract, as far as requests are to be held to it, and the routes in it. */
export function loadContract(): { readonly document: object; readonly routes: readonly ContractRoute[] } {
  const document = parse(readFileSync(join(__dirname, "..", "openapi.yaml"), "utf8")) as {
    paths: Record<string, Record<string, ContractItem>>;
  };
  const routes: ContractRoute[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, item] of Object.entries(methods)) {
      if (item.operationId === undefined) continue;
      routes.push({ method: method.toUpperCase(), path, operation: operationNames[item.operationId] });
      // Answers follow the dialect, and Fastify would cut them to the schema. What comes as multipart is checked by the
      // operation: fastify-openapi-glue fails on its parts.
      item.responses = { default: { description: "Left to the dialect" } };
      if (item.requestBody?.content["multipart/form-data"] !== undefined) delete item.requestBody;
    }
  }
  return { document, routes };
}

/** The methods with which an address is served, where it is. */
export function methodsAt(routes: readonly ContractRoute[], url: string): readonly string[] {
  const path = url.replace(/[?#].*$/s, "");
  return routes.filter((route) => expressionOf(route.path).test(path)).map(({ method }) => method);
}

function expressionOf(path: string): RegExp {
  const last = path.replace(/\{path\}$/, ".*").replace(/\{[a-z_]+\}/g, "[^/]+");
  return new RegExp(`^${last}$`, "s");
}
