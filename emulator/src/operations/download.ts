import { forbidden, missing } from "../failure";
import type { Operation } from "./call";
import { filesAt } from "./places";

/** GET /f/{bucket}/{path}: a file's bytes. */
export const download: Operation = ({ store, urls }, { dialect, params, query }) => {
  const place = { bucket: params["bucket"] ?? "", path: params["*"] ?? "" };
  const file = filesAt(store, place.bucket, place.path, dialect)[0];
  if (file === undefined) throw missing("File");
  if (file.visibility === "PRIVATE" && !urls.isSigned(place, query)) throw forbidden("This file is private");
  store.buckets.addBandwidth(file.bucket, file.size);
  return { status: 200, file };
};
