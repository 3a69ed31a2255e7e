import type { FastifyInstance } from "fastify";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the page is. */
export const PAGE = "/_emulator/ui";

const parts: Readonly<Record<string, string>> = {
  "app.js": "text/javascript; charset=utf-8",
  "app.css": "text/css; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** Serves the page: a document without a script of its own, and what it loads. Nothing is read before it is asked for. */
export function servePage(control: FastifyInstance): void {
  const folder = join(__dirname, "..", "ui");
  const loaded = new Map<string, string>();
  const load = (name: string): string => {
    const text = loaded.get(name) ?? readFileSync(join(folder, name), "utf8");
    loaded.set(name, text);
    return text;
  };
  control.get("/ui", (request, reply) =>
    reply
      .headers({ "content-security-policy": policyFor(request.headers.host ?? ""), "cache-control": "no-store" })
      .type("text/html; charset=utf-8")
      .send(load("index.html")),
  );
  for (const [name, type] of Object.entries(parts)) {
    control.get(`/ui/${name}`, (_request, reply) =>
      reply.header("cache-control", "no-cache").type(type).send(load(name)),
    );
  }
}

/** Scripts and styles of the page alone: files of a bucket have the same origin, so that `'self'` would let them in, too. */
function policyFor(host: string): string {
  const own = `http://${host}${PAGE}/`;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
