import { pathProblem, splitPath } from "../../../provider/model/paths";
import type { FileResult } from "../../functions";
import { commentText } from "./source-text";

/** A file as listed. */
export type Listed = Pick<FileResult, "id" | "path" | "visibility">;

/** By folder and name. What the provider would refuse is told apart, one line each. */
export function sortListed(files: readonly Listed[]): { declarable: Listed[]; leftOut: string[] } {
  const holders = new Map<string, string[]>();
  for (const { path, id } of files) {
    const place = path.normalize("NFC");
    holders.set(place, [...(holders.get(place) ?? []), id]);
  }
  const declarable: Listed[] = [];
  const leftOut: string[] = [];
  for (const file of files) {
    const ids = holders.get(file.path.normalize("NFC")) ?? [];
    const problem =
      ids.length > 1 ? `${JSON.stringify(file.path)} is held by ${ids.length} files` : pathProblem(file.path);
    if (problem === undefined) declarable.push(file);
    else leftOut.push(commentText(`file ${file.id}: ${problem}`));
  }
  const keyOf = ({ path }: Listed): [string, string] => {
    const { directory, name } = splitPath(path);
    return [directory, name];
  };
  const keyed = declarable.map((file) => ({ file, key: keyOf(file) }));
  keyed.sort((a, b) => compare(a.key[0], b.key[0]) || compare(a.key[1], b.key[1]));
  return { declarable: keyed.map(({ file }) => file), leftOut };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
