/**
 * What the declarations of one run say is theirs. It is filled as declarations pass by, and asked for a path or a
 * file declared twice, for a holder that is about to leave, and for a file that a later declaration took over.
 */
export class Claims {
  readonly #pathOwner = new Map<string, string>();
  readonly #pathOf = new Map<string, string>();
  readonly #fileOwner = new Map<string, string>();
  readonly #leaving = new Set<string>();
  readonly #life = new Map<string, string>();

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

  /** Claims a file for a declaration; answers with the other declaration that has it already. */
  claimFile(fileId: string, declaration: string): string | undefined {
    const owner = this.#fileOwner.get(fileId);
    if (owner !== undefined && owner !== declaration) return owner;
    this.#fileOwner.set(fileId, declaration);
    return undefined;
  }

  /** The declaration of this run that declares a place. */
  ownerOfPath(bucket: string, path: string): string | undefined {
    return this.#pathOwner.get(placeKey(bucket, path));
  }

  /** The declaration of this run that holds a file. */
  ownerOfFile(fileId: string): string | undefined {
    return this.#fileOwner.get(fileId);
  }

  /** Remembers which life of a resource has a file. */
  lives(fileId: string, life: string | undefined): void {
    if (life !== undefined) this.#life.set(fileId, life);
  }

  /**
   * Whether a file stays although a state that has it goes: another declaration of this run has it by now, or another life of the
   * same one, which took it over.
   */
  outlives(fileId: string, life: string | undefined, isOwn: (owner: string) => boolean): boolean {
    const owner = this.#fileOwner.get(fileId);
    const other = this.#life.get(fileId);
    return (owner !== undefined && !isOwn(owner)) || (other !== undefined && other !== life);
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
