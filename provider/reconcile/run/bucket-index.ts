import type { FileInfo, FilePage, MediasaurClient } from "../../client";
import { FileTable } from "./file-table";

/** A page that answers so many questions is worth fetching: as many again are then expected of the next. */
const WORTH = 10;

/**
 * The files of one bucket as far as this process has listed them.
 *
 * Reads of many files are answered from pages of one listing, reads of a few from the files themselves. How many there
 * will be is not known beforehand, so the listing is paid for like a ski rental: a page is fetched only when as many
 * single reads were made as pages, or when the pages so far have been of use. Whatever is asked, the requests are at most
 * twice the better of the two ways, and one.
 */
export class BucketIndex {
  readonly #table = new FileTable();
  readonly #pages: AsyncGenerator<FilePage>;
  #fetching: Promise<void> | undefined;
  #pagesFetched = 0;
  #singleReads = 0;
  #hits = 0;
  #listing: "open" | "complete" | "broken" = "open";

  constructor(
    private readonly client: MediasaurClient,
    private readonly bucket: string,
  ) {
    this.#pages = client.pages({ bucket });
  }

  /** A file by id. A row of the listing is good enough only where `isEnough` says so; else the file itself is read. */
  async byId(id: string, isEnough: (file: FileInfo) => boolean): Promise<FileInfo | undefined> {
    return this.#find(
      () => this.#table.get(id),
      isEnough,
      () => {
        this.#singleReads += 1;
        return this.client.getFile(id);
      },
    );
  }

  /**
   * The file that holds a path.
   *
   * @param absence - whether a listing that ended without the path is enough to call it free (`"listed"`), or the path
   *   has to be looked up by itself first (`"confirmed"`)
   */
  async byPath(path: string, absence: "listed" | "confirmed"): Promise<FileInfo | undefined> {
    return this.#find(
      // The one that was seen last.
      () => this.#table.at(path).at(-1),
      () => true,
      async () => {
        if (absence === "listed" && this.#listing === "complete") return undefined;
        this.#singleReads += 1;
        const control = this.#table.somePath;
        return this.client.findFile({ bucket: this.bucket, path, ...(control === undefined ? {} : { control }) });
      },
    );
  }

  /** Every file of the bucket, where all were listed. */
  get all(): FileInfo[] | undefined {
    return this.#listing === "complete" ? [...this.#table.files] : undefined;
  }

  /** Takes note of a file as it is now, so that the index stays true after a write of this process. */
  put(file: FileInfo): void {
    this.#table.put(file);
  }

  /** Takes note that a file is gone. */
  drop(id: string): void {
    this.#table.drop(id);
  }

  async #find(
    look: () => FileInfo | undefined,
    isEnough: (file: FileInfo) => boolean,
    read: () => Promise<FileInfo | undefined>,
  ): Promise<FileInfo | undefined> {
    for (;;) {
      const known = look();
      if (known !== undefined && isEnough(known)) {
        this.#hits += 1;
        return known;
      }
      const earned = this.#singleReads + Math.floor(this.#hits / WORTH);
      if (known !== undefined || this.#listing !== "open" || this.#pagesFetched > earned) break;
      await this.#nextPage();
    }
    return read();
  }

  /** Fetches one page more; callers that come while one is under way wait for the same. */
  #nextPage(): Promise<void> {
    this.#fetching ??= this.#pages
      .next()
      .then(
        (result) => {
          if (result.done === true) this.#listing = "complete";
          else this.#take(result.value);
        },
        // Not fatal: from here on files are read one at a time, and these reads say what is wrong.
        () => {
          this.#listing = "broken";
        },
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  #take(page: FilePage): void {
    this.#pagesFetched += 1;
    // A file that was put since is newer than this row.
    for (const file of page.files)
      if (this.#table.get(file.id) === undefined && !this.#table.isGone(file.id)) this.put(file);
    if (page.end) this.#listing = "complete";
  }
}
