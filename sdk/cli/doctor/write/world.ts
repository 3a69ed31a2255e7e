import type { FileInfo } from "../../../../provider/client";

/** The scratch folder at one moment: what is listed, and what each file says of itself. */
export class World {
  constructor(
    /** As the listing has them. */
    readonly listed: readonly FileInfo[],
    private readonly details: ReadonlyMap<string, FileInfo>,
  ) {}

  /** A file by its id, in its own words. */
  file(id: string): FileInfo | undefined {
    return this.details.get(id);
  }

  /** The ids of the files that are listed at a path. */
  at(path: string): string[] {
    return this.listed.filter((file) => this.#present(file).path === path).map(({ id }) => id);
  }

  /** Files that another moment did not have. */
  newSince(before: World): FileInfo[] {
    return [...this.details.values()].filter(({ id }) => before.file(id) === undefined);
  }

  /** Whether nothing differs. */
  equals(other: World): boolean {
    return this.#text() === other.#text();
  }

  #present(row: FileInfo): FileInfo {
    return this.details.get(row.id) ?? row;
  }

  #text(): string {
    const told = ({ id, path, size, visibility, name }: FileInfo): string =>
      [id, path, name, size, visibility].join("\n");
    return JSON.stringify([this.listed.map(told).sort(), [...this.details.values()].map(told).sort()]);
  }
}
