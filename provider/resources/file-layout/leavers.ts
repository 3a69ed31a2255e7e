import { isDeletedWith, type FileLayoutInputs, type LayoutFileState } from "../../model/file-layout";
import type { ListedView } from "../../reconcile/listed-view";

/** A file that is not the layout's any more. */
export interface Leaver {
  readonly id: string;
  readonly path: string;
  readonly deleted: boolean;
  /** Whether it counts for `maxDeletes`. */
  readonly counts: boolean;
}

/** Gathers the files that are not a layout's any more. */
export class Leavers {
  readonly #all = new Map<string, Leaver>();

  constructor(private readonly inputs: FileLayoutInputs) {}

  /** A file that state has, and that no key has any more. */
  add({ id, path }: Pick<Leaver, "id" | "path">, held: LayoutFileState): void {
    this.#all.set(id, { id, path, deleted: isDeletedWith(this.inputs, held), counts: true });
  }

  /** A file that an earlier run was to delete, and counted. */
  addOverdue(id: string): void {
    if (!this.#all.has(id)) this.#all.set(id, { id, path: "", deleted: true, counts: false });
  }

  /** A file that a key has, after all. */
  drop(id: string): void {
    this.#all.delete(id);
  }

  /** Those that are there: of a file that stays in the bucket that makes no difference. */
  async stillThere(view: ListedView): Promise<Leaver[]> {
    const found = await Promise.all(
      [...this.#all.values()].map(async (leaver) => {
        if (!leaver.deleted) return leaver;
        const file = await view.byId(leaver.id);
        return file === undefined ? undefined : { ...leaver, path: file.path };
      }),
    );
    return found.filter((leaver) => leaver !== undefined);
  }
}
