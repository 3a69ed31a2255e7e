import { mediasaurError, type FileInfo } from "../client";
import { contains, coveringFolders, isTemporary, isUnder } from "../model/file-layout";
import { splitPath, TEMPORARY_PREFIX } from "../model/paths";
import type { FileView } from "./file-view";
import { FileTable } from "./run/file-table";
import type { Session } from "./run/session";
import { readAgain } from "./writes/read-again";

/** Rows of one page, where the service keeps to the documented number. */
const PAGE = 100;
/** What asking for a folder by itself costs, in pages: it may have to be found out first how. */
const PAGES_A_FOLDER = 3;
const PAGES_AT_ALL = 10;

/** The files of a bucket by listing it: all of them, or those of some folders. */
export class ListedView implements FileView {
  readonly #table = new FileTable();
  #pages = 0;

  private constructor(
    private readonly session: Session,
    readonly bucket: string,
    private readonly folders: readonly string[],
  ) {}

  /** Lists what lies in these directories and below. A bucket that is not much larger is listed as a whole. */
  static async take(session: Session, bucket: string, directories: Iterable<string>): Promise<ListedView> {
    const folders = coveringFolders([...directories, TEMPORARY_PREFIX]);
    const view = new ListedView(session, bucket, await affordable(session, bucket, folders));
    await view.#list();
    return view;
  }

  get pages(): number {
    return Math.max(1, this.#pages);
  }

  get files(): Iterable<FileInfo> {
    return this.#table.files;
  }

  known(id: string): FileInfo | undefined {
    return this.#table.get(id);
  }

  /** One that was not listed is asked for: a listing may be behind, or not have its folder. */
  async byId(id: string): Promise<FileInfo | undefined> {
    return this.#table.get(id) ?? this.again(id);
  }

  async again(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id));
  }

  async own(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id, { bucket: this.bucket }));
  }

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
    return this.#table.at(path).length > 0;
  }

  async at(path: string): Promise<FileInfo | undefined> {
    const [file, other] = this.#table.at(path);
    if (file !== undefined && other !== undefined) {
      const message = `files ${file.id} and ${other.id} are both at "${path}" in bucket "${this.bucket}". Name one by its id, or delete the other.`;
      throw mediasaurError({ code: "ambiguous", message });
    }
    if (file !== undefined) return file;
    const { directory } = splitPath(path);
    if (this.folders.some((folder) => contains(folder, directory))) return undefined;
    const control = this.#table.somePath;
    const found = await this.session.client.findFile({
      bucket: this.bucket,
      path,
      ...(control === undefined ? {} : { control }),
    });
    if (found !== undefined) this.put(found);
    return found;
  }

  /** What earlier runs left in the folder for files on their way, and beside it. */
  left(): Promise<FileInfo[]> {
    return Promise.resolve([...this.#table.files].filter(({ path }) => isTemporary(path)));
  }

  /** The files under a prefix. */
  under(prefix: string | undefined): FileInfo[] {
    return [...this.#table.files].filter(({ path }) => isUnder(prefix, path));
  }

  put(file: FileInfo): void {
    this.#table.put(file);
  }

  drop(id: string): void {
    this.#table.drop(id);
  }

  isGone(id: string): boolean {
    return this.#table.isGone(id);
  }

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
    const before = new Map([...this.#table.files].map((file) => [file.id, file]));
    this.#table.clear();
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
