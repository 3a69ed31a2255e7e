import { lookup } from "mime-types";
import type { FileInfo } from "../../client";
import type { ManagedFileInputs } from "../../model/managed-file";
import { splitPath } from "../../model/paths";
import type { Session } from "../../reconcile/run/session";
import { digestOf, digestOfContent, withContent } from "./content";
import { findOriginal, type MakingSource } from "./make";

/** What a file has to have to be the one that a source makes. */
interface Likeness {
  readonly size: number | undefined;
  readonly digest: () => Promise<string | undefined>;
}

/**
 * What is known of the place:
 *
 * - `"new"`: nothing. Contents are compared; where the file is private and can't be read, all else that is known of it
 * - `"gone"`: it was this declaration's, and the file that it had is gone, as after the end of a replacement, or by other hands.
 *   Contents are compared; where they can't be, size, type and visibility
 * - `"left"`: the file that it had was moved aside by a run of ours, which does that only for a new one that is whole. The size is
 *   enough
 */
export type Place = "new" | "gone" | "left";

/** A file that was recognised. */
export interface Recognised {
  readonly file: FileInfo;
  /** Whether it is the one that a run of ours put there, or at least one of the same content. */
  readonly proven: boolean;
}

/**
 * The file at a declaration's path, where it is the one that the declaration's source makes: an earlier run was cut off after
 * it had put it there, and before the engine wrote down that it had. Any other file that holds the path is left to be refused.
 */
export async function recognise(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  place: Place,
): Promise<Recognised | undefined> {
  const listed = await session.client.findFile({ bucket: inputs.bucket, path: inputs.path });
  if (listed === undefined) return undefined;
  const owner = session.claims.ownerOfFile(listed.id);
  if (owner !== undefined && owner !== inputs.__declaration) return undefined;
  const file = await session.client.getFile(listed.id);
  if (file?.size === undefined) return undefined;
  const { url } = file;
  return likeness(session, inputs, source, async ({ size, digest }): Promise<Recognised | undefined> => {
    if (size !== file.size) return undefined;
    if (place === "left") return { file, proven: true };
    // What is made has its visibility before it comes to its place.
    const isSeen = inputs.visibility === undefined || file.visibility === inputs.visibility;
    if (place === "new" && !isSeen) return undefined;
    const [wanted, found] = url === undefined ? [] : [await digest(), await digestOf(url)];
    if (wanted !== undefined && found !== undefined) return wanted === found ? { file, proven: true } : undefined;
    const isLike = place === "gone" ? isSeen && hasType(file, inputs) : url === undefined && isLikely(file, inputs);
    return isLike ? { file, proven: false } : undefined;
  });
}

/**
 * Whether a private file whose content can't be read is, by all else that is known of it, the one that an interrupted run
 * put there: private as declared, of the type that its name has, and changed after it was made, as files of ours are.
 */
function isLikely(file: FileInfo, inputs: ManagedFileInputs): boolean {
  const { createdAt, updatedAt, visibility } = file;
  const changed = createdAt !== undefined && updatedAt !== undefined && updatedAt > createdAt;
  return changed && visibility === "PRIVATE" && inputs.visibility !== "PUBLIC" && hasType(file, inputs);
}

function hasType({ contentType }: FileInfo, { path }: ManagedFileInputs): boolean {
  const type = lookup(splitPath(path).name) || "application/octet-stream";
  return (contentType ?? type) === type;
}

async function likeness(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  compare: (likeness: Likeness) => Promise<Recognised | undefined>,
): Promise<Recognised | undefined> {
  if ("upload" in source) {
    return withContent(source.upload, (content) =>
      compare({ size: content.size, digest: () => digestOfContent(content) }),
    );
  }
  const { size, url } = await findOriginal(session, inputs, source.copy);
  return compare({ size, digest: async () => (url === undefined ? undefined : digestOf(url)) });
}
