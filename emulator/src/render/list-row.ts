import type { Dialect } from "../dialect/dialects";
import type { FileRow } from "../store/rows";
import type { FileUrls } from "../urls";
import { withCase } from "./casing";
import { renderFile } from "./file";

const sparseWithout = /^(url|visibility|is_public|is_private|access|isPublic|isPrivate)$/i;

/** A file as a row of a list. */
export function renderRow(
  file: FileRow,
  filter: string,
  dialect: Dialect,
  urls: FileUrls,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  switch (dialect["list.rows"]) {
    case "files":
    case "with_folder_rows":
      return renderFile(file, dialect, urls, more);
    case "sparse":
      return Object.fromEntries(
        Object.entries(renderFile(file, dialect, urls, more)).filter(([key]) => !sparseWithout.test(key)),
      );
    case "relative_names": {
      const relative = file.path.startsWith(filter) ? file.path.slice(filter.length).replace(/^\//, "") : file.path;
      const row = renderFile({ ...file, label: relative }, dialect, urls, more);
      return Object.fromEntries(Object.entries(row).filter(([key]) => key.toLowerCase() !== "path"));
    }
  }
}

/** The folders next below a filter, as rows without an id. */
export function folderRows(files: readonly FileRow[], filter: string, dialect: Dialect): readonly unknown[] {
  const start = filter === "" || filter.endsWith("/") ? filter : `${filter}/`;
  const names = new Set<string>();
  for (const { path } of files) {
    const rest = path.startsWith(start) ? path.slice(start.length) : "";
    if (rest.includes("/")) names.add(rest.slice(0, rest.indexOf("/")));
  }
  return [...names].map((name) => withCase({ id: null, name, path: `${start}${name}`, type: "folder" }, dialect));
}
