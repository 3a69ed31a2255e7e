import { isDeepStrictEqual } from "node:util";
import type { Raw } from "../adapter/kinds";
import { splitPath } from "../model/paths";
import { hasUnknown, UNKNOWN } from "../model/unknown";
import type { Shape } from "./shape";

const OUTPUTS = ["fileId", "url", "size", "contentType", "createdAt", "updatedAt", "origin", "metadata"];

/** The ManagedFile of the schema: as `resources` sees it. */
export const managedFileShape: Shape = {
  inputs: ["bucket", "path", "visibility", "source", "deletionPolicy"],
  follows: {
    bucket: ["bucket", "url"],
    path: ["path", "name", "directory", "url", "metadata"],
    visibility: ["visibility"],
    source: ["source", "metadata"],
    deletionPolicy: ["deletionPolicy"],
  },
  refusals: () => [],
  inward: (inputs) => inputs,
  outward: (state) => state,
  stateInward: (outputs) => outputs,
  found: (inputs) => inputs,
  isState: ({ fileId }) => fileId !== undefined,

  preview(news, before) {
    const { bucket, path, visibility, source, deletionPolicy } = news;
    if (before !== undefined && isStateOnly(news, before)) return { ...before, deletionPolicy };
    const unknown = Object.fromEntries(OUTPUTS.map((name) => [name, UNKNOWN]));
    const place =
      typeof path === "string" && path !== UNKNOWN ? splitPath(path) : { name: UNKNOWN, directory: UNKNOWN };
    return {
      ...unknown,
      bucket,
      path,
      ...place,
      visibility: visibility ?? UNKNOWN,
      // Of an upload state keeps the hash.
      source: isUpload(source) ? UNKNOWN : source,
      deletionPolicy,
      ...(visibility === "PRIVATE" ? { url: undefined } : {}),
    };
  },
};

function isUpload(source: unknown): boolean {
  return (
    source === UNKNOWN || hasUnknown(source) || (typeof source === "object" && source !== null && "upload" in source)
  );
}

/** Whether an update would do no more than write the deletion policy down. */
function isStateOnly(news: Raw, before: Raw): boolean {
  const same = (["bucket", "path", "source"] as const).every((name) => isDeepStrictEqual(news[name], before[name]));
  const declared = before.__visibilityDeclared === true ? before.visibility : undefined;
  return same && news.visibility === declared && before.__replaced === undefined;
}
