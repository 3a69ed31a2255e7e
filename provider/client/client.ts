import { systemClock } from "./clock";
import { MediasaurError } from "./errors";
import { findFile, findFiles } from "./operations/find-files";
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
import { prefixPages } from "./operations/prefix-pages";
import { rememberKey } from "./redaction/redact";
import type { Host } from "./http/send";
import { bindProfile } from "./store-profile";
import { serviceOf } from "./http/service";
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
import { DEFAULT_BASE_URL, DEFAULT_UPLOAD_URL, normalUrl, UPLOADS_ASTRAY, urlProblem } from "./urls";

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
  /** `undefined`: only the other URL was set, and an upload would go to another service. */
  readonly #uploads: Host | undefined;

  constructor(options: ClientOptions) {
    const { apiKey, fallbackApiKey, clock = systemClock } = options;
    if (!/^[!-~]+$/.test(apiKey)) throw invalid(`the API key is empty or has a character that no key has.`);
    rememberKey(apiKey);
    if (fallbackApiKey) rememberKey(fallbackApiKey);
    const hostOf = (url: string): Host => {
      const service = serviceOf(clock, url);
      service.gate.restrict(options.maxConcurrency ?? 16);
      return {
        baseUrl: url,
        ...service,
        apiKey,
        timeoutMs: options.timeoutMs ?? 30_000,
        userAgent: options.userAgent ?? "pulumi-mediasaur",
        clock,
        ...(fallbackApiKey && /^[!-~]+$/.test(fallbackApiKey) ? { fallbackApiKey } : {}),
        ...(options.onRequest ? { onRequest: options.onRequest } : {}),
        ...(options.onSkipped ? { onSkipped: options.onSkipped } : {}),
      };
    };
    const { baseUrl, uploadUrl } = options;
    this.#api = hostOf(checked(baseUrl ?? DEFAULT_BASE_URL, "mediasaur:baseUrl"));
    bindProfile(this, this.#api.profile);
    const uploads = hostOf(checked(uploadUrl ?? DEFAULT_UPLOAD_URL, "mediasaur:uploadUrl"));
    this.#uploads = baseUrl !== undefined && uploadUrl === undefined ? undefined : uploads;
  }

  /** Milliseconds for which no request is sent, as the service asked to wait. */
  get heldMs(): number {
    return Math.max(this.#api.gate.heldMs, this.#uploads?.gate.heldMs ?? 0);
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
  async createUploadToken(query: TokenQuery): Promise<string> {
    return createUploadToken(this.#uploadHost(), query);
  }

  /** Uploads a file to a path. Sent once: after an error with outcome `unknown`, look before trying again. */
  async upload(query: UploadQuery): Promise<UploadHint> {
    return upload(this.#uploadHost(), query);
  }

  #uploadHost(): Host {
    if (this.#uploads === undefined) throw invalid(UPLOADS_ASTRAY);
    return this.#uploads;
  }
}

function checked(url: string, setting: string): string {
  const problem = urlProblem(setting, url);
  if (problem !== undefined) throw invalid(problem);
  return normalUrl(url);
}

function invalid(message: string): MediasaurError {
  return new MediasaurError({ code: "invalid_configuration", message });
}
