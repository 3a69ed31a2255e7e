/**
 * The inputs without those that are null or undefined, at any depth: what a program sets to null it leaves out. Lists stay as
 * they are.
 */
export function withoutNulls(inputs: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(inputs).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === "object" && !Array.isArray(value) ? withoutNulls(value as Record<string, unknown>) : value,
    ]),
  );
}
