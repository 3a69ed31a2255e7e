import type { FileInfo } from "../../client";
import type { ManagedFileInputs } from "../../model/managed-file";
import type { Session } from "../../reconcile/run/session";
import { digestOf, digestOfContent, withContent } from "./content";
import { findOriginal, makingNote, type MakingSource } from "./make";

/** What a file has to have to be the one that a source makes. */
interface Likeness {
  readonly size: number | undefined;
  readonly digest: () => Promise<string | undefined>;
}

/** A file that was recognised. */
export interface Recognised {
  readonly file: FileInfo;
  /** Whether it is the one that a run of ours put there, and not only one of the same content. */
  readonly proven: boolean;
}

/**
 * The file at a declaration's path, where it is the one that the declaration's source makes: an earlier run was cut off after
 * it had put it there, and before the engine wrote down that it had. What that run left says so: the note that it brought the file
 * there, or the old file, which is moved aside only for a new one that is whole. Else the content has to be the same, and the
 * visibility as declared. Any other file that holds the path, however like it is, is left to be refused.
 *
 * @param isOldAside - whether the file that the declaration had was moved aside by a run of ours
 */
export async function recognise(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  isOldAside: boolean,
): Promise<Recognised | undefined> {
  const { bucket, path, visibility } = inputs;
  const listed = await session.client.findFile({ bucket, path });
  if (listed === undefined) return undefined;
  const owner = session.claims.ownerOfFile(listed.id);
  if (owner !== undefined && owner !== inputs.__declaration) return undefined;
  const file = await session.client.getFile(listed.id);
  if (file === undefined) return undefined;
  const isNoted = session.arrivals.isNoted(bucket, path, makingNote(source), file.id);
  if (isNoted || isOldAside) {
    const size = await likeness(session, inputs, source, ({ size }) => Promise.resolve(size));
    return size === undefined || file.size === undefined || size === file.size ? { file, proven: true } : undefined;
  }
  if (file.url === undefined || (visibility !== undefined && file.visibility !== visibility)) return undefined;
  const { url } = file;
  return likeness(session, inputs, source, async ({ size, digest }): Promise<Recognised | undefined> => {
    if (size !== file.size) return undefined;
    const [wanted, found] = [await digest(), await digestOf(url)];
    return wanted !== undefined && wanted === found ? { file, proven: false } : undefined;
  });
}

async function likeness<Result>(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  use: (likeness: Likeness) => Promise<Result>,
): Promise<Result> {
  if ("upload" in source) {
    return withContent(source.upload, (content) => use({ size: content.size, digest: () => digestOfContent(content) }));
  }
  const { size, url } = await findOriginal(session, inputs, source.copy);
  return use({ size, digest: async () => (url === undefined ? undefined : digestOf(url)) });
}
