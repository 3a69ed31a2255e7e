import type { Dialect } from "../dialect/dialects";
import { unauthorised } from "../failure";
import type { OperationName } from "../operations/names";
import type { EmulatorState } from "../state";
import { readUploadToken, type UploadClaims } from "../upload-tokens";

/** Lets a request in by its key or, for an upload, by its token, whose claims it gives back. */
export function authenticate(
  state: EmulatorState,
  operation: OperationName,
  dialect: Dialect,
  authorization: string | undefined,
): UploadClaims | undefined {
  if (operation === "download") return undefined;
  if (authorization === undefined) throw unauthorised("Missing Authorization header");
  const credential = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (credential === state.apiKey) return undefined;
  if (operation !== "upload" || credential === undefined || credential.startsWith("sk_")) throw unauthorised();
  const claims = readUploadToken(state.store.secret, credential.replace(/^token_/, ""), state.clock.now());
  if (claims === undefined) throw unauthorised("Invalid or expired upload token");
  if (dialect["upload.token"] === "one_shot" && state.store.records.isTokenUsed(claims.jti)) {
    throw unauthorised("The upload token was already used");
  }
  return claims;
}
