import type { FileInfo } from "../client";
import { isAs, isWhole, type FileView } from "./file-view";
import { FileTable } from "./run/file-table";
import type { Looks } from "./run/looks";
import type { Session } from "./run/session";
import { readAgain } from "./writes/read-again";

/**
 * The files of a bucket one by one, as they are asked for. What several ask for at the same time shares a listing where that takes
 * fewer requests.
 */
export class OnDemandView implements FileView {
  readonly pages = Infinity;
  readonly #table = new FileTable();
  readonly #looks: Looks;

  constructor(
    private readonly session: Session,
    readonly bucket: string,
  ) {
    this.#looks = session.looks(bucket);
  }

  get files(): Iterable<FileInfo> {
    return this.#table.files;
  }

  known(id: string): FileInfo | undefined {
    return this.#table.get(id);
  }

  async byId(id: string): Promise<FileInfo | undefined> {
    return this.#table.get(id) ?? this.again(id);
  }

  async again(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id));
  }

  async own(id: string): Promise<FileInfo | undefined> {
    return this.#seen(id, await this.session.client.getFile(id, { bucket: this.bucket }));
  }

  /**
   * A file and the holder of a path as they are now, in one look.
   *
   * @param path - `undefined`: only the file is looked at
   * @param control - full path of a file that is there for sure: proof that the service can be asked
   */
  async look(
    id: string,
    path: string | undefined,
    control: string,
  ): Promise<{ file: FileInfo | undefined; holder: FileInfo | undefined }> {
    const { session, bucket } = this;
    const seen = await this.#looks.see({
      id,
      isEnough: (row) => isWhole(row) && row.path === control,
      read: () => session.client.getFile(id, { bucket }),
      ...(path === undefined ? {} : { path, find: () => session.client.findFile({ bucket, path, control }) }),
    });
    this.#seen(id, seen.file);
    return seen;
  }

  async afterWrite(id: string, wanted: FileInfo): Promise<FileInfo | undefined> {
    const { file } = await this.#looks.see({
      id,
      isEnough: (row) => isAs(row, wanted) && isWhole(row),
      read: () => readAgain(this.session, id),
    });
    // A move or a PATCH changes nothing that a row may leave out.
    const before = this.#table.get(id);
    return this.#seen(id, file === undefined || before === undefined ? file : { ...detailsOf(before), ...file });
  }

  async at(path: string): Promise<FileInfo | undefined> {
    const { session, bucket } = this;
    const control = this.#table.somePath;
    const query = { bucket, path, ...(control === undefined ? {} : { control }) };
    const { holder } = await this.#looks.see({ path, find: () => session.client.findFile(query) });
    if (holder !== undefined) this.put(holder);
    return holder;
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
    // Nothing is believed here that was not asked for a moment ago.
  }

  #seen(id: string, file: FileInfo | undefined): FileInfo | undefined {
    if (file === undefined) this.drop(id);
    else this.put(file);
    return file;
  }
}

function detailsOf({ contentType, createdAt, metadata }: FileInfo): Partial<FileInfo> {
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
