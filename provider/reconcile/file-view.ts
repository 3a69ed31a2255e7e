import type { FileInfo } from "../client";

/** The files of one bucket as far as some work has to know them, kept true by what this process sees of its own writes. */
export interface FileView {
  readonly bucket: string;
  /** How many pages one more look at everything takes; `Infinity` where files are only ever asked for one by one. */
  readonly pages: number;
  /** Every file that is known. */
  readonly files: Iterable<FileInfo>;
  /** A file that was listed or seen. */
  known(id: string): FileInfo | undefined;
  /** A file by its id. One that is not known is asked for. */
  byId(id: string): Promise<FileInfo | undefined>;
  /** A file as it is now, by its own word. */
  again(id: string): Promise<FileInfo | undefined>;
  /** A file that state has, as it is now. One that another bucket has by now is an error. */
  own(id: string): Promise<FileInfo | undefined>;
  /**
   * A file after a write of ours that may have taken its id away.
   *
   * @param wanted - as it has to be: where a listing already shows it so, that is enough
   */
  afterWrite(id: string, wanted: FileInfo): Promise<FileInfo | undefined>;
  /** The file that holds a path. Two of them are an error. */
  at(path: string): Promise<FileInfo | undefined>;
  /** Takes note of a file as it is now. */
  put(file: FileInfo): void;
  /** Takes note that a file is gone. */
  drop(id: string): void;
  /** Whether a file was found to be gone, or deleted: that it was not listed says nothing. */
  isGone(id: string): boolean;
  /** Looks at everything once more, where everything was listed. */
  repeat(): Promise<void>;
}

/** Whether a file is as a request was to leave it. */
export function isAs(file: FileInfo, wanted: FileInfo): boolean {
  const isSeen = wanted.visibility === undefined || file.visibility === wanted.visibility;
  return file.path === wanted.path && isSeen && !file.busy;
}

/** Whether what was read of a file, maybe in a listing, is all that state keeps of it. */
export function isWhole({ busy, size, visibility, url }: FileInfo): boolean {
  return !busy && size !== undefined && (visibility === "PRIVATE" || (visibility === "PUBLIC" && url !== undefined));
}
