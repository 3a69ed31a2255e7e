import { readUndeclaredFiles } from "../resources";
import { plainError } from "./errors";
import { processSession } from "./session";

export const { configure } = processSession;

/** Pulumi's `read`, of the report of a layout's undeclared files. */
export async function read(
  id: string,
  props: Record<string, unknown>,
): Promise<{ id: string; props: Record<string, unknown> }> {
  try {
    return { id, props: { ...(await readUndeclaredFiles(processSession.session(), props)) } };
  } catch (error) {
    throw plainError(error);
  }
}
