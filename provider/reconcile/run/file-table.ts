import type { FileInfo } from "../../client";

/** Files as they were last seen, by id and by path. */
export class FileTable {
  readonly #files = new Map<string, FileInfo>();
  readonly #byPath = new Map<string, Set<string>>();
  readonly #gone = new Set<string>();

  /** Every file that is known. */
  get files(): Iterable<FileInfo> {
    return this.#files.values();
  }

  /** The path of some file that is there: proof that the service can be asked for one. */
  get somePath(): string | undefined {
    return this.#byPath.keys().next().value;
  }

  get(id: string): FileInfo | undefined {
    return this.#files.get(id);
  }

  /** The files at a path: more than one where the store keeps duplicates. */
  at(path: string): FileInfo[] {
    return [...(this.#byPath.get(path) ?? [])].flatMap((id) => this.#files.get(id) ?? []);
  }

  /** Takes note of a file as it is now. */
  put(file: FileInfo): void {
    this.#remove(file.id);
    this.#gone.delete(file.id);
    this.#files.set(file.id, file);
    const holders = this.#byPath.get(file.path);
    if (holders === undefined) this.#byPath.set(file.path, new Set([file.id]));
    else holders.add(file.id);
  }

  /** Takes note that a file is gone. */
  drop(id: string): void {
    this.#remove(id);
    this.#gone.add(id);
  }

  /** Whether a file was found to be gone, or deleted: that it was not listed says nothing. */
  isGone(id: string): boolean {
    return this.#gone.has(id);
  }

  /** Forgets where files are; those that are gone stay so. */
  clear(): void {
    this.#files.clear();
    this.#byPath.clear();
  }

  #remove(id: string): void {
    const before = this.#files.get(id);
    if (before === undefined) return;
    this.#files.delete(id);
    const holders = this.#byPath.get(before.path);
    holders?.delete(id);
    if (holders?.size === 0) this.#byPath.delete(before.path);
  }
}
