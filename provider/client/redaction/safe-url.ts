import { redactCredentials } from "./redact";

const SIGNING =
  /(^|[-_.])(sig|sign|signature|hmac|hdnts|hdnea|tokens?|auth|authorization|jwt|credentials?|secret|password|passwd|policy|api[-_]?key|access[-_]?key|accesskeyid|key[-_]?pair[-_]?id|session|verify|hash|md5)([-_.]|$)|signature|token|secret|apikey|^x-(amz|goog|oss|cos|bz)-/i;
const COMPANION =
  /^(expires?|expiry|exp|ts|timestamp|valid[-_]?until|s[vetpr]|spr|sks|skv|skt|ske|sktid|skoid|ss|srt|sip)$/i;
/** What no one writes by hand: a digest, or a random value. */
const OPAQUE = /^[0-9a-f]{24,}$|^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=\D*\d)[A-Za-z0-9+/_=~.-]{20,}$/i;

/** What tells a file in its address. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The address of a file without anything that signs it or carries a key, so that it can be kept; `undefined` where nothing is left that
 * tells the file.
 */
export function safeUrl(address: string | undefined, file: Named): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const wasSigned = { query: false, matrix: false };
  url.username = "";
  url.password = "";
  url.search = kept(url.search.slice(1), "&", wasSigned);
  url.hash = kept(url.hash.slice(1), "&", wasSigned);
  const segments = url.pathname.split("/").map((segment) => {
    const [own = "", ...parameters] = segment.split(";");
    return [own, ...parameters.filter((each) => !isSecret(each, wasSigned))].join(";");
  });
  url.pathname = segments.join("/");
  const left = url.href;
  // A key in the path can't be taken out of it.
  if (redactCredentials(left) !== left) return undefined;
  if (!wasSigned.query) return left;
  const told = decoded(left).normalize("NFC");
  return told.includes(file.name.normalize("NFC")) || told.includes(file.id) ? left : undefined;
}

function kept(parameters: string, separator: string, seen: { query: boolean }): string {
  if (parameters === "") return "";
  const parts = parameters.split(separator);
  const safe = parts.filter((part) => !isSecret(part, seen));
  return (seen.query ? safe.filter((part) => !COMPANION.test(nameOf(part))) : safe).join(separator);
}

function isSecret(parameter: string, seen: { query: boolean }): boolean {
  const value = decoded(parameter.slice(parameter.indexOf("=") + 1));
  const names = parameter.split(/[;~]/).map(nameOf);
  const secret =
    (parameter.includes("=") && names.some((name) => SIGNING.test(name))) ||
    OPAQUE.test(value) ||
    redactCredentials(value) !== value;
  seen.query ||= secret;
  return secret;
}

function nameOf(parameter: string): string {
  return decoded(parameter.split("=", 1)[0] ?? "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
