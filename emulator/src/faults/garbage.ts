import { gzipSync } from "node:zlib";
import type { Answer } from "../answer";

type Body = Pick<Answer, "text" | "type" | "headers"> & { readonly status?: number };

const JSON_TYPE = "application/json; charset=utf-8";
const PAGE = "<!doctype html><html><body><h1>It works!</h1></body></html>";

/** Bodies that no client should take for an answer, each made of the real one and a count of bytes. */
export const garbage: Readonly<Record<string, (real: string, bytes: number) => Body>> = {
  html: () => ({ type: "text/html", text: PAGE }),
  html_502: () => ({ status: 502, type: "text/html", text: PAGE.replace("It works!", "502 Bad Gateway") }),
  text: () => ({ type: "text/plain", text: "OK" }),
  empty: () => ({ type: JSON_TYPE, text: "" }),
  no_content_204: () => ({ status: 204, text: "" }),
  null: () => ({ type: JSON_TYPE, text: "null" }),
  list: () => ({ type: JSON_TYPE, text: "[]" }),
  object: () => ({ type: JSON_TYPE, text: "{}" }),
  bom: (real) => ({ type: JSON_TYPE, text: `\ufeff${real}` }),
  wrong_type: (real) => ({ type: "text/plain", text: real }),
  cut_json: (real) => ({ type: JSON_TYPE, text: real.slice(0, Math.max(1, real.length - 1)) }),
  gzip_broken: (real) => {
    const packed = gzipSync(real);
    // A body that is cut short is read without complaint by some clients, one that can't be unpacked by none.
    const broken = Buffer.concat([packed.subarray(0, 10), Buffer.alloc(packed.length - 10, 0xff)]);
    return { type: JSON_TYPE, headers: { "content-encoding": "gzip" }, text: broken };
  },
  duplicate_keys: (real) => ({ type: JSON_TYPE, text: withEveryKeyTwice(real) }),
  huge: (_, bytes) => {
    const [start, end] = ['{"files":[],"total":0,"padding":"', '"}'];
    return { type: JSON_TYPE, text: `${start}${"x".repeat(Math.max(0, bytes - start.length - end.length))}${end}` };
  },
};

/** Parsers differ in which of two equal keys they take: JavaScript's takes the second, which is null. */
function withEveryKeyTwice(real: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(real);
  } catch {
    return real;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return real;
  const again = Object.keys(parsed).map((key) => `${JSON.stringify(key)}:null`);
  return again.length === 0 ? real : `${real.slice(0, -1)},${again.join(",")}}`;
}
