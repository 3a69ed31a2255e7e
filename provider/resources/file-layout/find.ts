import { mediasaurError } from "../../client";
import {
  defined,
  folderOf,
  isTemporary,
  recordAll,
  summaryOf,
  type FileDeclaration,
  type FileLayoutInputs,
  type FileLayoutState,
  type LayoutFileState,
} from "../../model/file-layout";
import type { Session } from "../../reconcile/run/session";
import { fileState } from "./state";

/**
 * Finds the files of a folder that no state has, for an import.
 *
 * @param id - `BUCKET/PREFIX/`, or `BUCKET/` for all of a bucket
 * @returns the layout that would declare them where they are; errors where there is no such bucket
 */
export async function findFileLayout(
  session: Session,
  id: string,
): Promise<{ id: string; state: FileLayoutState; inputs: FileLayoutInputs }> {
  const slash = id.indexOf("/");
  const bucket = slash < 0 ? id : id.slice(0, slash);
  const folder = folderOf(slash < 0 ? undefined : id.slice(slash + 1));
  if ((await session.bucket(bucket)) === undefined) {
    const message = `bucket "${bucket}" is missing, or not visible to this API key. A layout is imported by BUCKET/PREFIX/, such as media/site/.`;
    throw mediasaurError({ code: "not_found", message });
  }
  const declared: Record<string, FileDeclaration> = {};
  const files: Record<string, LayoutFileState> = {};
  const query = folder === "" ? { bucket } : { bucket, path: folder };
  for await (const page of session.client.pages({ ...query, all: true })) {
    for (const row of page.files) {
      if (!row.path.startsWith(folder) || isTemporary(row.path)) continue;
      // Sparse listings don't tell who may see a file: then the file itself does.
      const file = row.visibility === undefined ? ((await session.client.getFile(row.id, { bucket })) ?? row) : row;
      const below = file.path.slice(folder.length);
      const key = below.startsWith("__") ? file.path : below;
      declared[key] = { path: file.path, ...(file.visibility === undefined ? {} : { visibility: file.visibility }) };
      files[key] = fileState(file, "adopted");
    }
  }
  const inputs = defined({ bucket, prefix: folder === "" ? undefined : folder, declared }) as FileLayoutInputs;
  const { declared: _files, ...settings } = inputs;
  const summary = summaryOf(Object.values(files), undefined, inputs.prefix);
  return { id: `${bucket}/${folder}`, state: { ...settings, files, __declared: recordAll(inputs), summary }, inputs };
}
