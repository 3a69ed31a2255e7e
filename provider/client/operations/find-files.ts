import { isMediasaurError, MediasaurError } from "../errors";
import { wellFormed } from "./segment";
import { rawPages } from "./raw-pages";
import { firstPage } from "./prefix-pages";
import type { Host } from "../http/send";
import type { ListForm } from "../store-profile";
import type { FileInfo, FindQuery, SkippedFile } from "../types";

const FORMS: readonly ListForm[] = ["full", "directory", "directory_slash"];

/** The one file at a path. Two there is an error: a service that keeps versions or duplicates must not be guessed at. */
export async function findFile(host: Host, query: FindQuery): Promise<FileInfo | undefined> {
  const files = await findFiles(host, query);
  if (files.length < 2) return files[0];
  throw new MediasaurError({
    code: "ambiguous",
    operation: "GET /files",
    message: `${files.length} files are at ${JSON.stringify(query.path)} in bucket ${JSON.stringify(query.bucket)}: ${files.map(({ id }) => id).join(", ")}. Name one by its id, or delete the others.`,
  });
}

/**
 * All files at exactly this path. A hit under any form of the question is believed; that there is none only where the same
 * form of question finds a file that is known to exist, or where everything was listed.
 */
export async function findFiles(host: Host, query: FindQuery): Promise<FileInfo[]> {
  const { bucket } = query;
  const path = wellFormed("GET /files", query.path);
  const proven = host.profile.listForms.get(bucket);
  if (proven) return matches(host, bucket, path, proven);
  const hits = await matches(host, bucket, path, "full");
  if (hits.length > 0) return hits;
  let control = query.control === path ? undefined : query.control;
  if (control === undefined || !control.includes("/")) {
    const first = await firstPage(host, bucket);
    const here = first.files.filter((file) => isAt(file, path));
    if (here.length === 0) rejectSkipped(bucket, path, first.skipped);
    if (first.end || here.length > 0) return here;
    control = first.files.find((file) => file.directory !== "")?.path ?? control ?? first.files[0]?.path;
  }
  for (const form of control === undefined ? [] : FORMS) {
    const found = form === "full" ? [] : await matches(host, bucket, path, form);
    if (found.length > 0) return found;
    // At the root a directory is no filter at all, so that a file there proves nothing about others.
    if (form !== "full" && !control?.includes("/")) continue;
    if ((await matches(host, bucket, control ?? "", form)).length === 0) continue;
    host.profile.listForms.set(bucket, form);
    return [];
  }
  return collect(host, bucket, path);
}

async function matches(host: Host, bucket: string, path: string, form: ListForm): Promise<FileInfo[]> {
  const directory = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
  if (form === "full") return collect(host, bucket, path, path);
  if (directory === "") return collect(host, bucket, path);
  return collect(host, bucket, path, form === "directory" ? directory : `${directory}/`);
}

async function collect(host: Host, bucket: string, path: string, filter?: string): Promise<FileInfo[]> {
  const found: FileInfo[] = [];
  const skipped: SkippedFile[] = [];
  try {
    for await (const page of rawPages(host, filter === undefined ? { bucket } : { bucket, filter })) {
      found.push(...page.files.filter((file) => isAt(file, path)));
      rejectPrefixed(host, bucket, path, page.files);
      skipped.push(...(page.skipped ?? []));
    }
    if (found.length === 0) rejectSkipped(bucket, path, skipped);
    return found;
  } catch (error) {
    // Some services refuse a filter that names no directory; that is an answer about the form, not about the file.
    if (filter !== undefined && isMediasaurError(error) && error.code === "invalid_request") return found;
    throw error;
  }
}

/** A row that can't be worked with, and that is at the path or may be: no time to say "absent", as something else would be put there. */
function rejectSkipped(bucket: string, path: string, skipped: readonly SkippedFile[] = []): void {
  const here = skipped.find((row) => row.path === undefined || row.path.normalize("NFC") === path.normalize("NFC"));
  if (here === undefined) return;
  const what = here.path === undefined ? "may be at" : "is at";
  throw new MediasaurError({
    code: "bad_answer",
    operation: "GET /files",
    message: `a file that can't be worked with ${what} ${JSON.stringify(path)} in bucket ${JSON.stringify(bucket)}: ${here.id ?? "it"} ${here.reason}.`,
  });
}

/** As long as nothing shows how paths are written, `media/a.png` in bucket `media` may be `a.png`: no time to say "absent". */
function rejectPrefixed(host: Host, bucket: string, path: string, files: FileInfo[]): void {
  const twin =
    host.profile.votes.prefixed === undefined ? files.find((file) => isAt(file, `${bucket}/${path}`)) : undefined;
  if (!twin) return;
  throw new MediasaurError({
    code: "ambiguous",
    operation: "GET /files",
    message: `file ${twin.id} is listed at ${JSON.stringify(twin.path)}, and nothing tells whether that begins with the bucket's name or with a directory of that name. Name the file by its id.`,
  });
}

function isAt(file: FileInfo, path: string): boolean {
  return file.path === path || file.path.normalize("NFC") === path.normalize("NFC");
}
