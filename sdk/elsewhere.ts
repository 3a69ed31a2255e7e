import * as pulumi from "@pulumi/pulumi";

/** A place that a declaration of this program has. */
interface Place {
  readonly owner: symbol;
  readonly bucket: pulumi.Input<string>;
  readonly path: pulumi.Input<string>;
}

/** By the program's stack: with Automation API, one process can run many programs, and each of them many times. */
const places = new WeakMap<object, Place[]>();
const NO_STACK = {};

function placesOfProgram(): Place[] {
  const program = pulumi.runtime.getStackResource() ?? NO_STACK;
  let found = places.get(program);
  if (found === undefined) {
    found = [];
    places.set(program, found);
  }
  return found;
}

/**
 * Takes note of what a declaration has. A layout that reports or deletes undeclared files has to know what other declarations
 * of the program have, and the engine may ask it before it asks them.
 *
 * @param owner - one for each resource, as a ManagedFile and a FileLayout may have the same name
 */
export function notePlace(owner: symbol, bucket: pulumi.Input<string>, path: pulumi.Input<string>): void {
  placesOfProgram().push({ owner, bucket, path });
}

/** The paths under a prefix that other declarations of the program have, as far as they are known when it has run through. */
export async function pathsElsewhere(
  owner: symbol,
  bucket: pulumi.Input<string>,
  prefix: pulumi.Input<string | undefined>,
): Promise<string[] | undefined> {
  const program = placesOfProgram();
  // By then whatever the program declares without waiting for anything has been declared.
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const [own, folder] = [await known(bucket), (await known(prefix)) ?? ""];
  const paths = await Promise.all(
    program
      .filter((place) => place.owner !== owner)
      .map(async (place) => [await known(place.bucket), await known(place.path)] as const),
  );
  // A bucket that is not known yet may be this one: what is declared there is better taken for declared.
  const isHere = (where: string | undefined): boolean => where === own || where === undefined || own === undefined;
  const under = paths.flatMap(([where, path]) => (isHere(where) && path?.startsWith(folder) === true ? [path] : []));
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
