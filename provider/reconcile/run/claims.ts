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
  readonly #replaced = new Map<string, string>();
  readonly #inState = new Set<string>();
  readonly #fileOf = new Map<string, string>();
  readonly #adoptedFrom = new Map<string, string>();

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
    this.#fileOf.set(declaration, fileId);
    return undefined;
  }

  /** The file that a declaration has claimed. */
  fileOf(declaration: string): string | undefined {
    return this.#fileOf.get(declaration);
  }

  /** Remembers that a file, which no state has yet, is taken over by its path: whoever parks it leaves it where that is known. */
  isAdoptedFrom(fileId: string, path: string): void {
    this.#adoptedFrom.set(fileId, path);
  }

  /** The path by which a file is taken over that no state has yet. */
  adoptedFrom(fileId: string): string | undefined {
    return this.#adoptedFrom.get(fileId);
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

  /** Remembers a resource of state that was compared with its declaration, and the files that it has. */
  goesOn(identity: string, declaration: string, fileIds: Iterable<string>): void {
    this.#goingOn.set(identity, declaration);
    for (const id of fileIds) this.#inState.add(id);
  }

  /** Remembers that the resource of a declaration is replaced: its diff says so, or it is checked once more, as a new one. */
  isReplaced(declaration: string): void {
    for (const [identity, owner] of this.#goingOn) if (owner === declaration) this.#replaced.set(identity, declaration);
  }

  /** Whether a declaration of this run had a file when the run began, even if it lets go of it now. */
  wasInState(fileId: string): boolean {
    return this.#inState.has(fileId);
  }

  /** Remembers that what a declaration asks for was done in this run: it needs no resource of an earlier state any more. */
  isDone(declaration: string): void {
    for (const [identity, owner] of this.#replaced) if (owner === declaration) this.#replaced.delete(identity);
  }

  /** The declaration that still needs a resource of state, because what replaces it has not been made in this run. */
  stillNeededBy(identity: string): string | undefined {
    return this.#replaced.get(identity);
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
