/**
 * What the declarations of one run say is theirs. It is filled as declarations pass by, and asked for a path or a
 * file declared twice, for a holder that is about to leave, and for a file that a later declaration took over.
 */
export class Claims {
  readonly #pathOwner = new Map<string, string>();
  readonly #pathOf = new Map<string, string>();
  readonly #fileOwner = new Map<string, Owner>();
  readonly #leaving = new Set<string>();
  /** By the identity of a resource of state, the declaration that goes on with it. */
  readonly #goingOn = new Map<string, string>();
  readonly #inState = new Set<string>();

  /** Claims a place for a declaration; answers with the other declaration that has it already. */
  claimPath(bucket: string, path: string, declaration: string): string | undefined {
    const key = placeKey(bucket, path);
    const owner = this.#pathOwner.get(key);
    if (owner !== undefined && owner !== declaration) return owner;
    const before = this.#pathOf.get(declaration);
    if (before !== undefined) this.#pathOwner.delete(before);
    this.#pathOwner.set(key, declaration);
    this.#pathOf.set(declaration, key);
    return undefined;
  }

  /**
   * Claims a file for a declaration; answers with the other declaration that has it already.
   *
   * @param life - the life of the resource that has it (see `life.ts`); `undefined` where it is yet to be created, or its state has none
   */
  claimFile(fileId: string, declaration: string, life?: string): string | undefined {
    const owner = this.#fileOwner.get(fileId);
    if (owner !== undefined && owner.declaration !== declaration) return owner.declaration;
    this.#fileOwner.set(fileId, { declaration, life: life ?? owner?.life });
    return undefined;
  }

  /** Takes back what a declaration had claimed: it goes on with another file. */
  releaseFile(fileId: string, declaration: string): void {
    if (this.#fileOwner.get(fileId)?.declaration === declaration) this.#fileOwner.delete(fileId);
  }

  /** The declaration of this run that declares a place. */
  ownerOfPath(bucket: string, path: string): string | undefined {
    return this.#pathOwner.get(placeKey(bucket, path));
  }

  /** The declaration of this run that holds a file. */
  ownerOfFile(fileId: string): string | undefined {
    return this.#fileOwner.get(fileId)?.declaration;
  }

  /**
   * Whether a file stays although a state that has it goes: another declaration of this run has it by now, or another life of the
   * same one, which took it over. A resource is known by its life, whatever its declaration is called by now; only where one
   * of the two has none, by its declaration.
   */
  outlives(fileId: string, life: string | undefined, isOwn: (owner: string) => boolean): boolean {
    const owner = this.#fileOwner.get(fileId);
    if (owner === undefined) return false;
    return owner.life !== undefined && life !== undefined ? owner.life !== life : !isOwn(owner.declaration);
  }

  /** Remembers that a resource of state goes on in this run: it was compared with its declaration. */
  goesOn(identity: string, declaration: string, fileIds: Iterable<string>): void {
    this.#goingOn.set(identity, declaration);
    for (const id of fileIds) this.#inState.add(id);
  }

  /** Whether a declaration of this run had a file when the run began, even if it lets go of it now. */
  wasInState(fileId: string): boolean {
    return this.#inState.has(fileId);
  }

  /** Remembers that a declaration has a new resource, made in this run: those of state are over. */
  isMadeAnew(declaration: string): void {
    for (const [identity, owner] of this.#goingOn) if (owner === declaration) this.#goingOn.delete(identity);
  }

  /** The declaration that still needs a resource of state, because nothing has replaced it in this run. */
  stillNeededBy(identity: string): string | undefined {
    return this.#goingOn.get(identity);
  }

  /** Remembers that this run moves a file away from where it is. */
  leaves(fileId: string): void {
    this.#leaving.add(fileId);
  }

  /** Whether this run moves a file away from where it is. */
  isLeaving(fileId: string): boolean {
    return this.#leaving.has(fileId);
  }
}

/** Which declaration has a file, and in which life of its resource. */
interface Owner {
  readonly declaration: string;
  readonly life: string | undefined;
}

/** One key for a bucket and a path in it. */
export function placeKey(bucket: string, path: string): string {
  return `${bucket}\0${path}`;
}

/** The declaration of one file of a layout. */
export function declarationOfKey(layout: string, key: string): string {
  return `${layout}\0${key}`;
}

/** Whether a declaration is that of one of a layout's files. */
export function isOfLayout(declaration: string, layout: string): boolean {
  return declaration.startsWith(`${layout}\0`);
}

/**
 * Says that two declarations have the same.
 *
 * @param what - such as `file f_1 ("site/a.txt")`
 * @param other - the declaration that has it already
 * @param own - the one that wants it as well, where it is not plain from where this is shown
 */
export function declaredTwice(what: string, other: string, own?: string): string {
  const by = `by "${displayName(other)}"`;
  return `${what} is declared twice: ${own === undefined ? `${by} as well` : `by "${displayName(own)}" and ${by}`}`;
}

/** A declaration's name as the program has it. */
export function displayName(declaration: string): string {
  const [whole = "", key] = declaration.split("\0", 2);
  const name = whole.slice(whole.lastIndexOf("$") + 1);
  return key === undefined ? name : `${name}.files.${key}`;
}
