import * as pulumi from "@pulumi/pulumi";

/**
 * The identity of a declaration in its program: the types of its parents, and its name. The provider is never given a
 * URN, and so could not tell two declarations of one path from one that is asked about twice.
 */
export function declarationOf(name: string, options: pulumi.ResourceOptions | undefined): string {
  const types: string[] = [];
  for (let parent = options?.parent; parent !== undefined; parent = internals(parent).__parentResource) {
    const type = internals(parent).__pulumiType;
    if (type !== undefined && type !== "pulumi:pulumi:Stack") types.unshift(type);
  }
  return [...types, name].join("$");
}

function internals(resource: pulumi.Resource): { __pulumiType?: string; __parentResource?: pulumi.Resource } {
  return resource as unknown as { __pulumiType?: string; __parentResource?: pulumi.Resource };
}

/**
 * The arguments of a declaration. Programs in JavaScript may pass anything: what the type does not know would end in state, so it is
 * left out, and told.
 *
 * @throws pulumi.RunError, which Pulumi prints as one line, where there are none
 */
export function readArguments<Args extends object>(
  type: string,
  name: string,
  args: Args,
  known: readonly (keyof Args & string)[],
): Args {
  const given: unknown = args;
  if (typeof given !== "object" || given === null) {
    throw new pulumi.RunError(`${type} "${name}" is declared without its arguments: ${known.join(", ")}.`);
  }
  const others = Object.entries(given).filter(
    ([key, value]) => value !== undefined && !known.some((one) => one === key),
  );
  if (others.length > 0) {
    const which = others.map(([key]) => `"${key}"`).join(", ");
    const is = others.length === 1 ? "is no argument" : "are no arguments";
    void pulumi.log.warn(`${type} "${name}": ${which} ${is} of it, and left out. It has ${known.join(", ")}.`);
  }
  return args;
}

/**
 * Refuses an option under which the engine would delete a file before what replaces it is made. (Where a transform sets it, the
 * provider refuses the deletion.)
 *
 * @throws pulumi.RunError, which Pulumi prints as one line
 */
export function refuseDeleteBeforeReplace(
  type: string,
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): void {
  if (opts?.deleteBeforeReplace !== true) return;
  throw new pulumi.RunError(
    `${type} "${name}": deleteBeforeReplace would delete files before what replaces them is made. Take it out of the options: ` +
      `what is replaced goes when the new file is safe.`,
  );
}

const API_KEY = "mediasaur:apiKey";

/**
 * Refuses an API key that the stack's config holds in clear text: it would end in clear text in the state as well.
 *
 * @throws pulumi.RunError, which Pulumi prints as one line
 */
export function refuseClearKey(): void {
  const { getConfig, isConfigSecret } = pulumi.runtime as unknown as {
    getConfig: (key: string) => string | undefined;
    isConfigSecret?: (key: string) => boolean;
  };
  if (getConfig(API_KEY) === undefined || isConfigSecret === undefined || isConfigSecret(API_KEY)) return;
  throw new pulumi.RunError(
    `${API_KEY} is set in clear text, and would be kept so in the stack's config and state. Make a new key, run ` +
      `"pulumi config set --secret ${API_KEY}" and paste it, and revoke the old one.`,
  );
}
