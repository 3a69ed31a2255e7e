import type { Session } from "../run/session";
import { settleGone } from "./settle";

/** A file that is to go. */
export interface Doomed {
  readonly id: string;
  /** Where it is, for errors. */
  readonly path?: string | undefined;
  readonly bucket: string;
}

/** Deletes a file, and waits until it is gone. One that is gone already is a success. */
export async function remove(session: Session, { id, path, bucket }: Doomed): Promise<void> {
  await session.client.deleteFile(id);
  const where = path === undefined ? ` in bucket "${bucket}"` : ` ("${path}" in bucket "${bucket}")`;
  await settleGone(session, id, `file ${id}${where}`);
  session.index(bucket).drop(id);
}
