import type { Dialect } from "../dialect/dialects";

/** An object of the service with its keys spelled as the dialect has them. */
export function withCase(value: Readonly<Record<string, unknown>>, dialect: Dialect): Record<string, unknown> {
  const respell = spellings[dialect["object.case"]];
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [respell(key), field]));
}

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const spellings: Readonly<Record<Dialect["object.case"], (key: string) => string>> = {
  snake: (key) => key,
  camel,
  pascal: (key) => camel(key).replace(/^./, (letter) => letter.toUpperCase()),
};
