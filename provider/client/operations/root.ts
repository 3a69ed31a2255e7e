import { isMediasaurError } from "../errors";
import type { Host } from "../send";

/** Calls with the directory as it is to be written; for the root, whose spelling is not documented, with the one that works. */
export async function withDirectory<T>(
  host: Host,
  directory: string,
  call: (target: string) => Promise<T>,
): Promise<T> {
  if (directory !== "") return call(directory);
  const { session } = host;
  const spelling = session.rootSpelling ?? "";
  try {
    const result = await call(spelling);
    session.rootSpelling = spelling;
    return result;
  } catch (error) {
    const refused = isMediasaurError(error) && error.outcome === "refused" && error.code === "invalid_request";
    if (!refused || session.rootSpelling !== undefined) throw error;
    const result = await call("/");
    session.rootSpelling = "/";
    return result;
  }
}
