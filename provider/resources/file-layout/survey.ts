import { mediasaurError, type FileInfo } from "../../client";
import { contains, coveringFolders, isUnder } from "../../model/file-layout";
import { splitPath, TEMPORARY_PREFIX } from "../../model/paths";
import { readAgain } from "../../reconcile/writes/read-again";
import type { Session } from "../../reconcile/run/session";

/** Rows of one page, where the service keeps to the documented number. */
const PAGE = 100;
/** What asking for a folder by itself costs, in pages: it may have to be found out first how. */
const PAGES_A_FOLDER = 3;
const PAGES_AT_ALL = 10;

/**
 * The files of a bucket, as far as a layout has to know them: all of them, or those of some folders. Kept true by what this
 * process sees of its own writes.
 */
export class Survey {
  readonly #files = new Map<string, FileInfo>();
  readonly #byPath = new Map<string, Set<string>>();
  readonly #gone = new Set<string>();
  #pages = 0;

  private constructor(
    private readonly session: Session,
    readonly bucket: string,
    private readonly folders: readonly string[],
  ) {}

  /** Lists what lies in these directories and below. A bucket that is not much larger is listed as a whole. */
  static async take(session: Session, bucket: string, directories: Iterable<string>): Promise<Survey> {
    const folders = coveringFolders([...directories, TEMPORARY_PREFIX]);
    const survey = new Survey(session, bucket, await affordable(session, bucket, folders));
    await survey.#list();
    return survey;
  }

  /** How many pages one more look at everything takes. */
  get pages(): number {
    return Math.max(1, this.#pages);
  }

  /** Every file that is known. */
  get files(): Iterable<FileInfo> {
    return this.#files.values();
  }

  /** A file that was listed or seen. */
  known(id: string): FileInfo | undefined {
    return this.#files.get(id);
  }

  /** A file by its id. One that was not listed is asked for: a listing may be behind, or not have its folder. */
  async byId(id: string): Promise<FileInfo | undefined> {
    return this.#files.get(id) ?? this.again(id);
  }

  /** A file as it is now, by its own word. */
  async again(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id));
  }

  /** A file that state has, as it is now. One that another bucket has by now is an error. */
  async own(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id, { bucket: this.bucket }));
  }

  /** The same after a write of ours that may have taken its id away. */
  async afterWrite(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await readAgain(this.session, id));
  }

  #seen(id: string, file: FileInfo | undefined): FileInfo | undefined {
    if (file === undefined || (file.bucket !== undefined && file.bucket !== this.bucket)) this.drop(id);
    else this.put(file);
    return file;
  }

  /** Whether a file that was listed or seen holds a path. */
  holds(path: string): boolean {
    return this.#byPath.has(path);
  }

  /** The file that holds a path. */
  async at(path: string): Promise<FileInfo | undefined> {
    const [id, other] = this.#byPath.get(path) ?? [];
    if (id !== undefined && other !== undefined) {
      const message = `files ${id} and ${other} are both at "${path}" in bucket "${this.bucket}". Name one by its id, or delete the other.`;
      throw mediasaurError({ code: "ambiguous", message });
    }
    if (id !== undefined) return this.#files.get(id);
    const { directory } = splitPath(path);
    if (this.folders.some((folder) => contains(folder, directory))) return undefined;
    const [control] = this.#byPath.keys();
    const found = await this.session.client.findFile({
      bucket: this.bucket,
      path,
      ...(control === undefined ? {} : { control }),
    });
    if (found !== undefined) this.put(found);
    return found;
  }

  /** The files under a prefix. */
  under(prefix: string | undefined): FileInfo[] {
    return [...this.#files.values()].filter(({ path }) => isUnder(prefix, path));
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

  #remove(id: string): void {
    const before = this.#files.get(id);
    if (before === undefined) return;
    this.#files.delete(id);
    const holders = this.#byPath.get(before.path);
    holders?.delete(id);
    if (holders?.size === 0) this.#byPath.delete(before.path);
  }

  /** Lists everything once more. */
  async repeat(): Promise<void> {
    await this.#list();
  }

  async #list(): Promise<void> {
    const { session, bucket, folders } = this;
    const found: FileInfo[] = [];
    let pages = 0;
    await Promise.all(
      folders.map(async (folder) => {
        const query = folder === "" ? { bucket } : { bucket, path: `${folder}/` };
        for await (const page of session.client.pages({ ...query, all: true })) {
          pages += 1;
          found.push(...page.files);
        }
      }),
    );
    // Only now, as a listing that breaks off must not take with it what is known.
    const before = new Map(this.#files);
    this.#files.clear();
    this.#byPath.clear();
    this.#pages = pages;
    for (const file of found) this.put(completed(file, before.get(file.id)));
  }
}

/** A row of a listing that leaves out who may see a file, with what the file itself said of that in this run. */
function completed(row: FileInfo, seen: FileInfo | undefined): FileInfo {
  return row.visibility === undefined && seen?.path === row.path ? { ...seen, ...row } : row;
}

/** The folders to list: those that are asked for, or the whole bucket where that is hardly more. */
async function affordable(session: Session, bucket: string, folders: readonly string[]): Promise<readonly string[]> {
  if (folders.includes("")) return [""];
  const count = (await session.bucket(bucket))?.fileCount;
  const pages = count === undefined ? 0 : Math.ceil(count / PAGE);
  return pages <= PAGES_AT_ALL + PAGES_A_FOLDER * folders.length ? [""] : folders;
}
