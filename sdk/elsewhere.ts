import * as pulumi from "@pulumi/pulumi";

/** A place that a declaration of this program has. */
interface Place {
  readonly owner: string;
  readonly bucket: pulumi.Input<string>;
  readonly path: pulumi.Input<string>;
}

const places: Place[] = [];

/**
 * Takes note of what a declaration has. A layout that reports or deletes undeclared files has to know what other declarations
 * of the program have, and the engine may ask it before it asks them.
 */
export function notePlace(owner: string, bucket: pulumi.Input<string>, path: pulumi.Input<string>): void {
  places.push({ owner, bucket, path });
}

/** The paths under a prefix that other declarations of the program have, as far as they are known when it has run through. */
export async function pathsElsewhere(
  owner: string,
  bucket: pulumi.Input<string>,
  prefix: pulumi.Input<string | undefined>,
): Promise<string[] | undefined> {
  // By then whatever the program declares without waiting for anything has been declared.
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const [own, folder] = [await known(bucket), (await known(prefix)) ?? ""];
  const paths = await Promise.all(
    places
      .filter((place) => place.owner !== owner)
      .map(async (place) => [await known(place.bucket), await known(place.path)] as const),
  );
  const under = paths.flatMap(([where, path]) => (where === own && path?.startsWith(folder) === true ? [path] : []));
  return under.length === 0 ? undefined : [...new Set(under)].sort();
}

const TURNS = 3;

/** A value, where it is known without waiting for a resource: that could wait for the very one that asks. */
async function known(input: pulumi.Input<string | undefined>): Promise<string | undefined> {
  if (!pulumi.Output.isInstance(input) && !(input instanceof Promise)) return input;
  let found: string | undefined;
  pulumi.output(input).apply((value) => {
    found = value;
  });
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return found;
}
