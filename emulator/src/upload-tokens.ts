import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** What an upload token allows: one upload to one exact path. Times are seconds since the epoch. */
export interface UploadClaims {
  readonly bucket: string;
  readonly path: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
}

/** A JWT for an upload. */
export function issueUploadToken(
  secret: string,
  place: { readonly bucket: string; readonly path: string },
  now: number,
  seconds: number,
): string {
  const iat = Math.floor(now / 1000);
  const claims: UploadClaims = { bucket: place.bucket, path: place.path, jti: randomUUID(), iat, exp: iat + seconds };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${sign(secret, signed)}`;
}

/** The claims of a JWT that this emulator issued and that has not expired. */
export function readUploadToken(secret: string, jwt: string, now: number): UploadClaims | undefined {
  const [header, payload, signature, ...rest] = jwt.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const expected = Buffer.from(sign(secret, `${header}.${payload}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as UploadClaims;
  return claims.exp * 1000 > now ? claims : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function sign(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
