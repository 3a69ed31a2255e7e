import { contains, folderOf } from "../../model/file-layout";
import { displayName, type Claims } from "./claims";

/** A file of a bucket, as far as it matters whose it is. */
export interface FilePlace {
  readonly id: string;
  readonly path: string;
}

/** The folder that a layout governs, and whether it has anything to say about the undeclared files in it. */
export interface Scope {
  readonly layout: string;
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly governs: boolean;
}

/** One of a program's declarations, as the SDK lists them: its kind, and its identity. */
export type DeclarationKey = `${"ManagedFile" | "FileLayout"} ${string}`;

/**
 * Whose file is this? Answers from what the engine has asked of this process, and knows when that is not all: a file that has no owner
 * here is undeclared only where every declaration of the program was checked, and none of them failed or is unknown in part.
 */
export class Ownership {
  /** By declaration: what of it is not known, if anything is. */
  readonly #checked = new Map<string, string | undefined>();
  readonly #failed = new Set<string>();
  readonly #heldBefore = new Map<string, { ids: Set<string>; paths: Set<string> }>();
  readonly #scopes = new Map<string, Scope>();
  #changes = 0;

  constructor(private readonly claims: Claims) {}

  /** Remembers that a declaration was checked and found to be valid. */
  checked(key: DeclarationKey, unknown: string | undefined): void {
    this.#checked.set(key, unknown);
  }

  /** Whether a declaration was checked in this run: one that `--target` leaves out is not. */
  isChecked(key: DeclarationKey): boolean {
    return this.#checked.has(key);
  }

  /** Remembers that something that was asked for a declaration failed. */
  failed(declaration: string): void {
    this.#failed.add(declaration);
  }

  /** Counts what may have changed a file: whoever listed files before lists them again. */
  changing(): void {
    this.#changes += 1;
  }

  /** How often this run may have changed a file so far. */
  get changes(): number {
    return this.#changes;
  }

  /** Remembers the files that state had of a declaration of this run: one that it drops is undeclared from the next run on. */
  heldBefore(bucket: string, files: Iterable<FilePlace>): void {
    const held = this.#heldBefore.get(bucket) ?? { ids: new Set(), paths: new Set() };
    this.#heldBefore.set(bucket, held);
    for (const { id, path } of files) {
      held.ids.add(id);
      held.paths.add(path);
    }
  }

  /** Whether a declaration of this run has a file, means to have one at its place, or had it when the run began. */
  isSomeones(bucket: string, { id, path }: FilePlace): boolean {
    if (this.claims.ownerOfFile(id) !== undefined || this.claims.ownerOfPath(bucket, path) !== undefined) return true;
    const held = this.#heldBefore.get(bucket);
    return held !== undefined && (held.ids.has(id) || held.paths.has(path));
  }

  /** Remembers which folder a layout governs; answers with the layout that governs the same one already. */
  govern(scope: Scope): string | undefined {
    const folder = folderOf(scope.prefix);
    const rival = [...this.#scopes.values()].find(
      (other) =>
        other.layout !== scope.layout &&
        other.governs &&
        scope.governs &&
        other.bucket === scope.bucket &&
        folderOf(other.prefix) === folder,
    );
    if (rival === undefined) this.#scopes.set(scope.layout, scope);
    return rival?.layout;
  }

  /** Whether a layout is the innermost of those whose folder a path lies in. */
  isGovernedBy(layout: string, bucket: string, path: string): boolean {
    let innermost: Scope | undefined;
    for (const scope of this.#scopes.values()) {
      if (scope.bucket !== bucket || !path.startsWith(folderOf(scope.prefix))) continue;
      if (innermost === undefined || isInner(scope, innermost)) innermost = scope;
    }
    return innermost?.layout === layout;
  }

  /**
   * Says why it can't be known which files of the run are undeclared; `undefined` where it is known.
   *
   * @param roster - every declaration of the program
   */
  gap(roster: readonly DeclarationKey[]): string | undefined {
    const isFailed = (key: string): boolean => this.#failed.has(key.slice(key.indexOf(" ") + 1));
    const failed = roster.find(isFailed);
    if (failed !== undefined) return `${nameOf(failed)} failed`;
    const left = roster.filter((key) => !this.#checked.has(key));
    const [first] = left;
    if (first !== undefined) {
      const more = left.length > 1 ? ` and ${String(left.length - 1)} more were` : " was";
      return `${nameOf(first)}${more} left out (--target, --exclude, or a value that never came)`;
    }
    for (const [key, unknown] of this.#checked) {
      if (unknown !== undefined) return `${unknown} of ${nameOf(key)} is not known yet`;
    }
    return undefined;
  }
}

/** Whether a scope lies in another; of two with the same folder, the one that has something to say. */
function isInner(scope: Scope, other: Scope): boolean {
  const [folder, outer] = [folderOf(scope.prefix), folderOf(other.prefix)];
  if (folder === outer) return scope.governs && !other.governs;
  return contains(outer.replace(/\/$/, ""), folder.replace(/\/$/, ""));
}

function nameOf(key: string): string {
  return `"${displayName(key.slice(key.indexOf(" ") + 1))}"`;
}
