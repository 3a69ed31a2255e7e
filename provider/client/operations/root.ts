import { isMediasaurError } from "../errors";
import type { Host } from "../http/send";

/** Calls with the directory as it is to be written; for the root, whose spelling is not documented, with the one that works. */
export async function withDirectory<T>(
  host: Host,
  directory: string,
  call: (target: string) => Promise<T>,
): Promise<T> {
  if (directory !== "") return call(directory);
  const { profile } = host;
  const spelling = profile.rootSpelling ?? "";
  try {
    const result = await call(spelling);
    profile.rootSpelling = spelling;
    return result;
  } catch (error) {
    const refused = isMediasaurError(error) && error.code === "invalid_request";
    if (!refused || profile.rootSpelling !== undefined) throw error;
    const result = await call("/");
    profile.rootSpelling = "/";
    return result;
  }
}
