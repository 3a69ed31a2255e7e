import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";

let known: string | undefined;

/** The version of this package, which is that of the plugin that it carries. */
function version(): string {
  const manifest = join(__dirname, "..", "..", "..", "package.json");
  return (known ??= (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version);
}

/** Options with the plugin's version, by which the engine finds it among those that are installed. */
export function withVersion<Options extends pulumi.CustomResourceOptions>(options: Options | undefined): Options {
  return { version: version(), ...options } as Options;
}

/** Options of a call, with the plugin's version. */
export function callOptions(options: pulumi.InvokeOptions | undefined): pulumi.InvokeOptions {
  return { version: version(), ...options };
}

/** Options by which a resource takes over the state of the dynamic one of the same name, so that nothing is created or deleted. */
export function withAlias(
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  const aliases = [...(options?.aliases ?? []), { type: `pulumi-nodejs:dynamic/mediasaur:${type}` }];
  return withVersion({ ...options, aliases });
}
