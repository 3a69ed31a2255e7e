import { systemClock } from "./clock";
import { MediasaurError } from "./errors";
import { findFile, findFiles } from "./lookup";
import { getBucket } from "./operations/get-bucket";
import { copyFile } from "./operations/copy-file";
import { createUploadToken } from "./operations/create-upload-token";
import { deleteFile } from "./operations/delete-file";
import { getFile } from "./operations/get-file";
import { listBuckets } from "./operations/list-buckets";
import { moveFiles } from "./operations/move-files";
import { updateFile } from "./operations/update-file";
import { upload } from "./operations/upload";
import type { ClientOptions } from "./options";
import { prefixPages } from "./prefix";
import { rememberSecret } from "./redact";
import type { Host } from "./send";
import { sessionOf } from "./session";
import type {
  BucketInfo,
  CopyHint,
  CopyQuery,
  FileChange,
  FileInfo,
  FilePage,
  FindQuery,
  ListQuery,
  MoveQuery,
  TokenQuery,
  UploadHint,
  UploadQuery,
} from "./types";

/**
 * The Mediasaur API, usable without Pulumi. Reads whatever spelling the service uses, repeats what may be repeated, and throws
 * nothing but {@link MediasaurError}. Clients of one base URL share what they learn of it, and its rate limit.
 *
 * @example
 * ```ts
 * const client = new MediasaurClient({ apiKey: process.env.MEDIASAUR_API_KEY ?? "" });
 * for await (const page of client.pages({ bucket: "media", path: "site/" })) console.log(page.files);
 * ```
 */
export class MediasaurClient {
  readonly #api: Host;
  readonly #uploads: Host;

  constructor(options: ClientOptions) {
    const { apiKey, fallbackApiKey, clock = systemClock } = options;
    if (!/^[!-~]+$/.test(apiKey)) throw invalid(`the API key is empty or has a character that no key has.`);
    rememberSecret(apiKey);
    if (fallbackApiKey) rememberSecret(fallbackApiKey);
    const hostOf = (url: string): Host => {
      const session = sessionOf(clock, url);
      session.gate.restrict(options.maxConcurrency ?? 16);
      return {
        baseUrl: url,
        session,
        apiKey,
        timeoutMs: options.timeoutMs ?? 30_000,
        userAgent: options.userAgent ?? "pulumi-mediasaur",
        clock,
        ...(fallbackApiKey && /^[!-~]+$/.test(fallbackApiKey) ? { fallbackApiKey } : {}),
        ...(options.onRequest ? { onRequest: options.onRequest } : {}),
      };
    };
    this.#api = hostOf(normalUrl(options.baseUrl ?? "https://api.mediasaur.com", "mediasaur:baseUrl"));
    this.#uploads = hostOf(normalUrl(options.uploadUrl ?? "https://upload.mediasaur.com", "mediasaur:uploadUrl"));
  }

  /** The buckets that the key may see. */
  listBuckets(): Promise<BucketInfo[]> {
    return listBuckets(this.#api);
  }

  /** One bucket; `undefined`: there is none, or the key may not see it. */
  getBucket(name: string): Promise<BucketInfo | undefined> {
    return getBucket(this.#api, name);
  }

  /** The files whose full path starts with `path`, page by page, each file once. */
  pages(query: ListQuery): AsyncGenerator<FilePage> {
    return prefixPages(this.#api, query);
  }

  /** The files whose full path starts with `path`, all of them. */
  async listFiles(query: ListQuery): Promise<FileInfo[]> {
    const files: FileInfo[] = [];
    for await (const page of this.pages({ ...query, all: true })) files.push(...page.files);
    return files;
  }

  /** The file at exactly this path. `undefined`: certainly none. Two files there are an error `ambiguous`. */
  findFile(query: FindQuery): Promise<FileInfo | undefined> {
    return findFile(this.#api, query);
  }

  /** The files at exactly this path: more than one where the service keeps versions or duplicates. */
  findFiles(query: FindQuery): Promise<FileInfo[]> {
    return findFiles(this.#api, query);
  }

  /** One file by its id; `undefined`: it is gone. With `expect.bucket`, a file of another bucket is an error `wrong_bucket`. */
  getFile(id: string, expect: { bucket?: string } = {}): Promise<FileInfo | undefined> {
    return getFile(this.#api, id, expect);
  }

  /** Renames a file within its directory, changes its visibility, or both. Read it again to see what took. */
  updateFile(id: string, change: FileChange): Promise<void> {
    return updateFile(this.#api, id, change);
  }

  /**
   * Moves files into a directory of their bucket. After an unknown outcome only those not there yet are sent again. Read them
   * again to see what took.
   */
  moveFiles(query: MoveQuery): Promise<void> {
    const { bucket, directory } = query;
    return moveFiles(this.#api, query, async (host) => {
      const there = new Set<string>();
      for await (const { files } of prefixPages(host, { bucket, path: directory === "" ? "" : `${directory}/` }))
        for (const file of files) if (file.directory === directory) there.add(file.id);
      return there;
    });
  }

  /** Copies one file into a directory. Sent once: after an error with outcome `unknown`, look before trying again. */
  copyFile(query: CopyQuery): Promise<CopyHint> {
    return copyFile(this.#api, query);
  }

  /** Deletes a file; one that is not there is a success. */
  deleteFile(id: string): Promise<void> {
    return deleteFile(this.#api, id);
  }

  /** A token that allows one upload to one path. A secret. */
  createUploadToken(query: TokenQuery): Promise<string> {
    return createUploadToken(this.#uploads, query);
  }

  /** Uploads a file to a path. Sent once: after an error with outcome `unknown`, look before trying again. */
  upload(query: UploadQuery): Promise<UploadHint> {
    return upload(this.#uploads, query);
  }
}

function normalUrl(text: string, setting: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw invalid(`${setting} is not an http(s) URL.`);
  if (url.username !== "" || url.password !== "") throw invalid(`${setting} holds a user name or password.`);
  return url.origin + url.pathname.replace(/\/+$/, "");
}

function invalid(message: string): MediasaurError {
  return new MediasaurError({ code: "invalid_configuration", message });
}
