import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Readable } from "node:stream";
import { TLSSocket } from "node:tls";
import axios from "axios";
import { parseBody, type Body } from "../decode/body";
import type { Clock } from "../options";
import { isLoopback } from "../urls";

/** One HTTP request. */
export interface Exchange {
  /** Absolute. */
  url: string;
  /** HTTP method. */
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The credential is among them. */
  headers: Record<string, string>;
  /** A stream is read once; `progress` is to be called as its bytes go out. */
  body?: Buffer | ((progress: () => void) => Readable);
  /** Milliseconds without an answer, or progress of the body that is sent; then for the whole of the answer's body. */
  timeoutMs: number;
  /** Counts them. */
  after?: Clock["after"];
  /** A connection of its own, so that no idle one can be found closed while the request is on its way. */
  fresh?: boolean;
}

/** What came back. */
export interface Answer {
  /** HTTP status. */
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** What the body turned out to be. */
  body: Body;
}

/** Nothing came back, or nothing whole. Holds words only: what the library throws carries the credential. */
export interface Broken {
  /** `not_sent`: certainly; `no_tls`: likewise, and trying again is no use; `timeout` and `cut`: it may have arrived. */
  broken: "not_sent" | "no_tls" | "timeout" | "cut" | "body";
  /** In words. */
  reason: string;
}

/** The content that is to be sent could not be read, or is not what it was said to be. */
export class ContentError extends Error {}

const LONGEST_BODY = 64 * 1024 * 1024;
const agents = { keepAlive: true, maxFreeSockets: 32 };
const kept = { http: new HttpAgent(agents), https: new HttpsAgent(agents) };
const single = { http: new HttpAgent(), https: new HttpsAgent() };
// An instance of its own: interceptors that a program puts on axios itself must not see the key.
const http = axios.create();

const NOT_SENT: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
};

/** Sends one request, follows no redirect, and reads the whole answer. Never throws. */
export async function exchange(request: Exchange): Promise<Answer | Broken> {
  const abort = new AbortController();
  let late = false;
  const giveUp = (): void => {
    late = true;
    abort.abort();
  };
  const after = request.after ?? afterReally;
  let stop = after(request.timeoutMs, giveUp);
  const restart = (): void => {
    stop();
    if (!late) stop = after(request.timeoutMs, giveUp);
  };
  let failed: Broken | undefined;
  const sent = typeof request.body === "function" ? request.body(restart) : request.body;
  const stream = typeof request.body === "function" ? (sent as Readable) : undefined;
  // A lost connection also breaks the stream; only what the content itself threw is the content's fault.
  stream?.on("error", (error: Error) => {
    if (error instanceof ContentError) failed ??= { broken: "body", reason: error.message };
    abort.abort();
  });
  try {
    const { http: httpAgent, https: httpsAgent } = request.fresh === true ? single : kept;
    const response = await http.request<Readable>({
      url: request.url,
      method: request.method,
      headers: request.headers,
      data: sent,
      httpAgent,
      httpsAgent,
      signal: abort.signal,
      responseType: "stream",
      maxRedirects: 0,
      maxBodyLength: Infinity,
      maxContentLength: Infinity,
      validateStatus: () => true,
      ...(isLoopback(new URL(request.url).hostname) ? { proxy: false as const } : {}),
    });
    // Whoever refuses to pass a request on answers in the service's stead, and unprotected: that is no answer of the service.
    if (new URL(request.url).protocol === "https:" && !isProtected(response.request)) {
      response.data.destroy();
      return { broken: "no_tls", reason: "the proxy refused the connection" };
    }
    // For all of the body: one that never ends, in however small parts, is given up too.
    restart();
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), String(value)]),
    );
    const body = await readAll(response.data, () => late);
    return { status: response.status, headers, body };
  } catch (error) {
    return failed ?? broken(error, late);
  } finally {
    stop();
    if (stream && !stream.readableEnded) {
      abort.abort();
      stream.destroy();
    }
  }
}

function isProtected(request: unknown): boolean {
  return typeof request === "object" && request !== null && "socket" in request && request.socket instanceof TLSSocket;
}

function afterReally(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => {
    clearTimeout(timer);
  };
}

async function readAll(stream: Readable, isLate: () => boolean): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > LONGEST_BODY) {
        stream.destroy();
        return { kind: "unreadable", reason: "too long" };
      }
    }
  } catch {
    return { kind: "unreadable", reason: isLate() ? "it stopped coming" : "cut off or garbled" };
  }
  return parseBody(Buffer.concat(chunks).toString("utf8"));
}

function broken(error: unknown, late: boolean): Broken {
  if (late) return { broken: "timeout", reason: "no answer in time" };
  const code = codeOf(error);
  const notSent = NOT_SENT[code];
  if (notSent !== undefined) return { broken: "not_sent", reason: notSent };
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO/.test(code))
    return { broken: "no_tls", reason: `TLS failed: ${code}` };
  if (code === "ETIMEDOUT" || code === "ECONNABORTED") return { broken: "timeout", reason: "no answer in time" };
  const reason =
    code === "ECONNRESET" || code === "EPIPE"
      ? "the connection was cut"
      : `the request failed: ${code || "unknown reason"}`;
  return { broken: "cut", reason };
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]+$/.test(code) ? code : "";
}
