/** What an argument of a fault may be. */
export interface ArgumentType {
  /** In words, for those who read the table. */
  readonly about: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A whole number, 0 or more. */
export const count: ArgumentType = {
  about: "a whole number",
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** A whole number, 1 or more. */
export const positive: ArgumentType = {
  about: "a whole number, 1 or more",
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};

/** A number, 0 or more. */
export const amount: ArgumentType = {
  about: "a number",
  accepts: (value) => typeof value === "number" && value >= 0,
};

/** Text. */
export const text: ArgumentType = { about: "text", accepts: (value) => typeof value === "string" };

/** A status of a failure. */
export const failingStatus: ArgumentType = {
  about: "400 to 599",
  accepts: (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) < 600,
};

/** One of some values. */
export function oneOf(...values: readonly (string | number)[]): ArgumentType {
  return { about: values.join(" | "), accepts: (value) => values.includes(value as string) };
}

/** An argument that is text, or what stands for it. */
export function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
