import { readUndeclaredFiles } from "../resources";
import { plainError } from "./errors";
import { session } from "./session";

export { configure } from "./session";

/** Pulumi's `read`, of the report of a layout's undeclared files. */
export async function read(
  id: string,
  props: Record<string, unknown>,
): Promise<{ id: string; props: Record<string, unknown> }> {
  try {
    return { id, props: { ...(await readUndeclaredFiles(session(), props)) } };
  } catch (error) {
    throw plainError(error);
  }
}
