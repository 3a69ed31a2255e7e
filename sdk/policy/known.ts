/** What stands for a value that is not known until the update runs. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/**
 * Reads a property of a resource. In a preview the policy SDK throws at the touch of a value that is not known yet.
 *
 * @returns the value, or {@link UNKNOWN}
 */
export function known(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch (error) {
    if (error instanceof Error && "unknownTypeSentinel" in error) return UNKNOWN;
    throw error;
  }
}

/** The text of a property; `undefined` where it is not known, or no text. */
export function knownText(object: object, key: string): string | undefined {
  const value = known(object, key);
  return typeof value === "string" ? value : undefined;
}

/** The object of a property; `undefined` where it is not known, or no object. */
export function knownObject(object: object, key: string): object | undefined {
  const value = known(object, key);
  return typeof value === "object" && value !== null ? value : undefined;
}
