/** What a URN says of a resource: `urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME`. */
export interface Named {
  /** Such as `mediasaur:index:ManagedFile`. */
  readonly type: string;
  readonly name: string;
  /** The identity of the declaration in its program, as the dynamic resources have it: the types of its parents, and its name. */
  readonly declaration: string;
}

/** Reads a URN. */
export function readUrn(urn: string): Named {
  const [, , types = "", ...names] = urn.split("::");
  const name = names.join("::");
  const chain = types.split("$");
  const type = chain.pop() ?? "";
  return { type, name, declaration: [...chain, name].join("$") };
}
