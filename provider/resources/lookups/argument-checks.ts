/** An argument that has to be there. Programs in JavaScript may pass anything. */
export function requireText(argument: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${argument} ${value === undefined ? "is missing" : "has to be a string that is not empty"}.`);
}

/** An argument that may be left out. */
export function optionalText(argument: string, value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : requireText(argument, value);
}

/** Paths never begin with a slash, so that something that does would match nothing, in silence. */
export function refuseLeadingSlash(argument: string, value: string | undefined): void {
  if (value?.startsWith("/") !== true) return;
  throw new Error(`${argument} starts with a slash: paths are relative to the bucket, such as "site/hero.jpg".`);
}
