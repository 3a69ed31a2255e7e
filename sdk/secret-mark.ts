import * as pulumi from "@pulumi/pulumi";

/**
 * Whether anything inside is a secret of the program: the provider gets it in clear, and has to know that it may show none of it.
 *
 * @returns `undefined` where there can't be a secret, so that nothing of it goes to state
 */
export function secretMark(value: unknown): pulumi.Input<true | undefined> | undefined {
  if (!holdsOutput(value)) return undefined;
  const { isSecret } = pulumi.output(value) as unknown as { isSecret: Promise<boolean> };
  return isSecret.then((is) => (is ? true : undefined));
}

function holdsOutput(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  if (pulumi.Resource.isInstance(value)) return false;
  return Object.values(value).some(holdsOutput);
}
