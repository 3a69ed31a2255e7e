import { api, control } from "./doors";
import { folderOf, joined, nameOf, type PageFile } from "./model";

const AT_ONCE = 6;
const MOST_IDS = 100;

/** How far a deed for many files is. */
export type Progress = (done: number, all: number) => void;

/** Publishes or hides files. */
export async function setVisibility(files: readonly PageFile[], isPublic: boolean, progress?: Progress): Promise<void> {
  const wanted = files.filter((file) => file.isPublic !== isPublic);
  const visibility = isPublic ? "PUBLIC" : "PRIVATE";
  await each(wanted, ({ id }) => api("PATCH", `/files/${encodeURIComponent(id)}`, { visibility }), progress);
}

/** Deletes files. */
export async function deleteFiles(files: readonly PageFile[], progress?: Progress): Promise<void> {
  await each(files, ({ id }) => api("DELETE", `/files/${encodeURIComponent(id)}`), progress);
}

/** Gives a file another name. */
export async function renameFile({ id }: PageFile, name: string): Promise<void> {
  await api("PATCH", `/files/${encodeURIComponent(id)}`, { name });
}

/** Moves a file to a path: to its folder, and then to its name. */
export async function moveFile(file: PageFile, path: string): Promise<void> {
  if (folderOf(path) !== folderOf(file.path)) await moveInto([file], folderOf(path));
  if (nameOf(path) !== nameOf(file.path)) await renameFile(file, nameOf(path));
}

/** Moves files into a folder. */
export async function moveInto(files: readonly PageFile[], folder: string, progress?: Progress): Promise<void> {
  const batches: PageFile[][] = [];
  for (const ofBucket of grouped(files, ({ bucket }) => bucket)) {
    for (let at = 0; at < ofBucket.length; at += MOST_IDS) batches.push(ofBucket.slice(at, at + MOST_IDS));
  }
  let done = 0;
  for (const batch of batches) {
    await api("POST", "/files/move", {
      bucket: batch[0]?.bucket,
      file_ids: batch.map(({ id }) => id),
      target_path: folder,
    });
    progress?.((done += batch.length), files.length);
  }
}

/** Moves what is below a folder to another, with the folders in it. */
export async function moveFolder(
  files: readonly PageFile[],
  from: string,
  to: string,
  progress?: Progress,
): Promise<void> {
  let done = 0;
  for (const group of grouped(files, ({ path }) => folderOf(path))) {
    const below = folderOf(group[0]?.path ?? "")
      .slice(from.replace(/\/$/, "").length)
      .replace(/^\//, "");
    await moveInto(group, below === "" ? to : joined(to, below));
    progress?.((done += group.length), files.length);
  }
}

/** A file to upload, and where to. */
export interface Upload {
  readonly bucket: string;
  readonly path: string;
  readonly file: File;
}

/** Uploads files. */
export async function upload(uploads: readonly Upload[], progress?: Progress): Promise<void> {
  await each(
    uploads,
    ({ bucket, path, file }) => {
      const form = new FormData();
      form.set("bucket", bucket);
      form.set("path", path);
      form.set("file", file, file.name);
      return api("POST", "/", form);
    },
    progress,
  );
}

/** What was dropped: files, and all that is in folders, each with its path. */
export async function dropped(data: DataTransfer): Promise<readonly { readonly path: string; readonly file: File }[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...data.files].map((file) => ({ path: file.name, file }));
  const found: { path: string; file: File }[] = [];
  const walk = async (entry: FileSystemEntry, before: string): Promise<void> => {
    const path = `${before}${entry.name}`;
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => {
        (entry as FileSystemFileEntry).file(resolve, reject);
      });
      found.push({ path, file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const more = (): Promise<FileSystemEntry[]> =>
      new Promise((resolve, reject) => {
        reader.readEntries(resolve, reject);
      });
    for (let some = await more(); some.length > 0; some = await more()) {
      for (const one of some) await walk(one, `${path}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

/** Puts a text into the clipboard. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** An address that opens a file: a private one's is signed, and good for an hour. */
export async function addressOf({ id, isPublic }: PageFile): Promise<string> {
  const { url, signed_url } = await control<{ url: string; signed_url: string }>(
    "GET",
    `file?file_id=${encodeURIComponent(id)}`,
  );
  return isPublic ? url : signed_url;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Some at once; the first failure ends it once what is under way has ended. */
async function each<Item>(
  items: readonly Item[],
  deed: (item: Item) => Promise<unknown>,
  progress?: Progress,
): Promise<void> {
  let next = 0;
  let done = 0;
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (failure === undefined && next < items.length) {
      const item = items[next++] as Item;
      try {
        await deed(item);
        progress?.(++done, items.length);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
}
