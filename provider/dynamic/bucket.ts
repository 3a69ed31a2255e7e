import { readBucket } from "../resources";
import { plainError } from "./errors";
import { processSession } from "./session";

export const { configure } = processSession;

/** Pulumi's `read`: a bucket that is missing is an error, as an empty id would pass in silence in a preview. */
export async function read(id: string): Promise<{ id: string; props: Record<string, unknown> }> {
  try {
    return { id, props: { ...(await readBucket(processSession.session(), id)) } };
  } catch (error) {
    throw plainError(error);
  }
}
