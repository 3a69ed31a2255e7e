import { lookup } from "mime-types";
import type { FileInfo } from "../../client";
import type { ManagedFileInputs } from "../../plan/managed-file";
import { splitPath } from "../../plan/paths";
import type { Session } from "../run/session";
import { digestOf, digestOfContent, withContent } from "./content";
import { findOriginal, type MakingSource } from "./make";

/** What a file has to have to be the one that a source makes. */
interface Likeness {
  readonly size: number | undefined;
  readonly digest: () => Promise<string | undefined>;
}

/**
 * The file at a declaration's path, where it is, by its content, the one that the declaration's source makes: an earlier
 * run was cut off after it had put it there, and before the engine wrote down that it had. Any other file that holds the
 * path is left to be refused.
 *
 * @param proof - `"content"`: both contents are read and compared, where the file is not private; `"size"`: for a place that was this declaration's
 *   before, where the same size is enough
 */
export async function recognise(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  proof: "content" | "size",
): Promise<FileInfo | undefined> {
  const listed = await session.client.findFile({ bucket: inputs.bucket, path: inputs.path });
  if (listed === undefined) return undefined;
  const owner = session.claims.ownerOfFile(listed.id);
  if (owner !== undefined && owner !== inputs.__declaration) return undefined;
  const holder = await session.client.getFile(listed.id);
  if (holder?.size === undefined) return undefined;
  const same = async ({ size, digest }: Likeness): Promise<boolean> => {
    if (size !== holder.size) return false;
    if (proof === "size") return true;
    // What is made has its visibility before it comes to its place.
    if (inputs.visibility !== undefined && holder.visibility !== inputs.visibility) return false;
    if (holder.url === undefined) return isLikely(holder, inputs);
    const wanted = await digest();
    return wanted !== undefined && wanted === (await digestOf(holder.url));
  };
  return (await likeness(session, inputs, source, same)) ? holder : undefined;
}

/**
 * Whether a private file whose content can't be read is, by all else that is known of it, the one that an interrupted run
 * put there: private as declared, of the type that its name has, and changed after it was made, as files of ours are.
 */
function isLikely(holder: FileInfo, { path, visibility }: ManagedFileInputs): boolean {
  const { contentType, createdAt, updatedAt } = holder;
  const changed = createdAt !== undefined && updatedAt !== undefined && updatedAt > createdAt;
  const type = lookup(splitPath(path).name) || "application/octet-stream";
  return changed && holder.visibility === "PRIVATE" && visibility !== "PUBLIC" && (contentType ?? type) === type;
}

async function likeness(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  same: (likeness: Likeness) => Promise<boolean>,
): Promise<boolean> {
  if ("upload" in source) {
    return withContent(source.upload, (content) =>
      same({ size: content.size, digest: () => digestOfContent(content) }),
    );
  }
  const { size, url } = await findOriginal(session, inputs, source.copy);
  return same({ size, digest: async () => (url === undefined ? undefined : digestOf(url)) });
}
