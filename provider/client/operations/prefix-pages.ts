import { isMediasaurError } from "../errors";
import { rawPages } from "./raw-pages";
import type { Host } from "../http/send";
import type { PrefixForm } from "../store-profile";
import type { FileInfo, FilePage, ListQuery, SkippedFile } from "../types";

/**
 * Every page of the files whose full path starts with `path`. Whether the service's filter means a string or a directory, and
 * one level or all, is not documented: it is used once it has shown files of a deeper level, and until then everything is
 * listed and compared here.
 */
export async function* prefixPages(host: Host, query: ListQuery): AsyncGenerator<FilePage> {
  const { bucket, path = "", all } = query;
  // Only a whole directory can be asked for under every reading of the filter.
  const directory = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
  let form = directory === "" ? "none" : host.profile.prefixForms.get(bucket);
  if (form === undefined || form === "none") {
    for await (const page of rawPages(host, { bucket, all: all === true && form === "none" })) {
      // A listing of one page answers by itself; a longer one is given up for a filter that has proved itself.
      if (form === undefined && !page.end) form = await learnForm(host, bucket, page);
      if (form === "slash" || form === "bare") break;
      yield path === "" ? page : restrict(page, path);
    }
  }
  if (form !== "slash" && form !== "bare") return;
  const filter = form === "slash" ? `${directory}/` : directory;
  for await (const page of rawPages(host, { bucket, filter, all })) {
    yield restrict(page, path);
  }
}

function restrict(page: FilePage, path: string): FilePage {
  const { total: _total, ...rest } = page;
  return { ...rest, files: page.files.filter((file) => file.path.normalize("NFC").startsWith(path.normalize("NFC"))) };
}

async function learnForm(host: Host, bucket: string, page: FilePage): Promise<PrefixForm> {
  const { prefixForms } = host.profile;
  const deep = page.files.find((file) => file.directory.includes("/"))?.directory;
  let form: PrefixForm = "none";
  if (deep !== undefined) {
    const top = deep.slice(0, deep.indexOf("/"));
    if (await reachesBelow(host, bucket, top, "slash")) form = "slash";
    else if (await reachesBelow(host, bucket, top, "bare")) form = "bare";
  }
  prefixForms.set(bucket, form);
  return form;
}

async function reachesBelow(host: Host, bucket: string, directory: string, form: "slash" | "bare"): Promise<boolean> {
  try {
    const filter = form === "slash" ? `${directory}/` : directory;
    const { files } = await firstPage(host, bucket, filter);
    return files.some(
      (file) => file.path.startsWith(`${directory}/`) && file.path.slice(directory.length + 1).includes("/"),
    );
  } catch (error) {
    if (isMediasaurError(error) && (error.code === "invalid_request" || error.code === "not_found")) return false;
    throw error;
  }
}

/** The first page of a listing. */
export async function firstPage(
  host: Host,
  bucket: string,
  filter?: string,
): Promise<{ files: FileInfo[]; end: boolean; skipped?: SkippedFile[] }> {
  for await (const page of rawPages(host, filter === undefined ? { bucket } : { bucket, filter })) return page;
  return { files: [], end: true };
}
