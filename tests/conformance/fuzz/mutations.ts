import { gzipSync } from "node:zlib";

/** A whole answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

type Random = () => number;

const KEYS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "id",
  "path",
  "name",
  "files",
  "data",
  "error",
  "success",
  "deleted",
  "visibility",
  "total",
  "has_more",
  "url",
  "",
];
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  1.5,
  2 ** 53,
  "",
  " ",
  "x",
  "../../buckets/x",
  "a/../b",
  "//",
  "f/1?x=1#y",
  "\u0000",
  "\ud800",
  "e\u0301\u00e9",
  "x".repeat(5000),
  [],
  {},
  [[[[[[]]]]]],
  { id: { id: { id: 1 } } },
  "PUBLIC",
  "1970-01-01",
  "https://user:pass@h/x?signature=abc",
];

/** Changes an answer in one to four ways. `secrets` are what a service might repeat. */
export function mutate(random: Random, real: Answer, secrets: readonly string[]): Answer {
  let answer = { ...real, headers: { ...real.headers } };
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time += 1) answer = once(random, answer, secrets);
  return answer;
}

function once(random: Random, answer: Answer, secrets: readonly string[]): Answer {
  const roll = random();
  if (roll < 0.75) return inJson(random, answer, secrets);
  if (roll < 0.85) return inBytes(random, answer);
  if (roll < 0.93)
    return { ...answer, status: pick(random, [200, 201, 202, 204, 206, 207, 400, 404, 409, 410, 418, 422]) };
  const header = pick(random, ["content-type", "x-total-count", "x-request-id", "location", "retry-after"]);
  const value = pick(random, ["text/html", "-1", "1e9", "x".repeat(500), "0", `/x?key=${pick(random, secrets)}`]);
  return { ...answer, headers: { ...answer.headers, [header]: value } };
}

function inBytes(random: Random, answer: Answer): Answer {
  const { body } = answer;
  switch (Math.floor(random() * 6)) {
    case 0:
      return { ...answer, body: body.subarray(0, Math.floor(random() * body.length)) };
    case 1:
      return { ...answer, body: Buffer.from(body.toString("utf8"), "utf16le") };
    case 2:
      return { ...answer, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) };
    case 3:
      return { ...answer, body: gzipSync(body), headers: { ...answer.headers, "content-encoding": "gzip" } };
    case 4: {
      const flipped = Buffer.from(body);
      if (flipped.length > 0) flipped[Math.floor(random() * flipped.length)] = Math.floor(random() * 256);
      return { ...answer, body: flipped };
    }
    default:
      return { ...answer, body: Buffer.concat([body, body]) };
  }
}

function inJson(random: Random, answer: Answer, secrets: readonly string[]): Answer {
  let root: unknown;
  try {
    root = JSON.parse(answer.body.toString("utf8"));
  } catch {
    return inBytes(random, answer);
  }
  const holders: (Record<string, unknown> | unknown[])[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    holders.push(value as unknown[]);
    Object.values(value).forEach(walk);
  };
  const box = { root };
  walk(box);
  const holder = pick(random, holders);
  const key = pick(random, Object.keys(holder).length > 0 ? Object.keys(holder) : ["x"]);
  const record = holder as Record<string, unknown>;
  switch (Math.floor(random() * 8)) {
    case 0:
      Reflect.deleteProperty(record, key);
      break;
    case 1:
      define(record, pick(random, KEYS), record[key]);
      Reflect.deleteProperty(record, key);
      break;
    case 2:
    case 3:
      define(record, key, pick(random, VALUES));
      break;
    case 4:
      define(record, pick(random, KEYS), pick(random, VALUES));
      break;
    case 5:
      define(record, key, { [pick(random, ["data", "file", "result", "items", "meta"])]: record[key] });
      break;
    case 6:
      if (Array.isArray(holder)) holder.push(...holder.slice(0, 3));
      else define(record, key, [record[key], record[key]]);
      break;
    default:
      define(record, pick(random, ["message", "error", "detail", "code", key]), `Bearer ${pick(random, secrets)}`);
  }
  return { ...answer, body: Buffer.from(JSON.stringify(box.root ?? null)) };
}

/** An own property, also where its name is `__proto__`. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

/** One of some values. */
export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}
