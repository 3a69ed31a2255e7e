import { readBucket } from "../resources";
import { plainError } from "./errors";
import { session } from "./session";

export { configure } from "./session";

/** Pulumi's `read`: a bucket that is missing is an error, as an empty id would pass in silence in a preview. */
export async function read(id: string): Promise<{ id: string; props: Record<string, unknown> }> {
  try {
    return { id, props: { ...(await readBucket(session(), id)) } };
  } catch (error) {
    throw plainError(error);
  }
}
