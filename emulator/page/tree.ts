import type { PageFile } from "./model";

/** A folder, or a bucket, with what is in it. */
export interface Folder<Leaf> {
  readonly key: string;
  readonly name: string;
  readonly bucket: string;
  /** Its path with a slash at its end; `""` for a bucket. */
  readonly prefix: string;
  readonly folders: Map<string, Folder<Leaf>>;
  readonly leaves: Leaf[];
  /** How many leaves it has at all depths. */
  count: number;
}

/** What a leaf of a tree is: at a path of a bucket. */
export interface Placed {
  readonly id: string;
  readonly bucket: string;
  readonly path: string;
}

/** A row of a tree that is shown. */
export interface TreeRow<Leaf> {
  readonly key: string;
  readonly name: string;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly folder?: Folder<Leaf>;
  readonly leaf?: Leaf;
  readonly isOpen: boolean;
}

/** Makes folders of paths; a bucket without files is there, too. */
export function grow<Leaf extends Placed>(buckets: readonly string[], leaves: Iterable<Leaf>): readonly Folder<Leaf>[] {
  const roots = new Map(buckets.map((name) => [name, folder<Leaf>(name, name, "")]));
  for (const leaf of leaves) {
    let at = roots.get(leaf.bucket);
    if (at === undefined) roots.set(leaf.bucket, (at = folder(leaf.bucket, leaf.bucket, "")));
    at.count++;
    let from = 0;
    for (let to = leaf.path.indexOf("/"); to !== -1; to = leaf.path.indexOf("/", from)) {
      const name = leaf.path.slice(from, to);
      let next: Folder<Leaf> | undefined = at.folders.get(name);
      if (next === undefined) at.folders.set(name, (next = folder(name, leaf.bucket, leaf.path.slice(0, to + 1))));
      at = next;
      at.count++;
      from = to + 1;
    }
    at.leaves.push(leaf);
  }
  return [...roots.values()];
}

function folder<Leaf>(name: string, bucket: string, prefix: string): Folder<Leaf> {
  return { key: keyOfFolder(bucket, prefix), name, bucket, prefix, folders: new Map(), leaves: [], count: 0 };
}

/** What a folder is known by. */
export function keyOfFolder(bucket: string, prefix: string): string {
  return `d:${bucket}/${prefix}`;
}

/** What a leaf is known by. */
export function keyOfLeaf({ id }: { readonly id: string }): string {
  return `f:${id}`;
}

/** The rows that are shown: what is in folders that are open, folders first, in order of their names. */
export function rowsOf<Leaf extends Placed>(
  roots: readonly Folder<Leaf>[],
  isOpen: (folder: Folder<Leaf>) => boolean,
): readonly TreeRow<Leaf>[] {
  const rows: TreeRow<Leaf>[] = [];
  const add = (folders: readonly Folder<Leaf>[], leaves: readonly Leaf[], level: number): void => {
    const siblings = folders.length + leaves.length;
    folders.forEach((one, index) => {
      const open = isOpen(one);
      rows.push({ key: one.key, name: one.name, level, position: index + 1, siblings, folder: one, isOpen: open });
      if (open)
        add(
          ordered([...one.folders.values()], ({ name }) => name),
          ordered(one.leaves, leafName),
          level + 1,
        );
    });
    leaves.forEach((leaf, index) => {
      const position = folders.length + index + 1;
      rows.push({ key: keyOfLeaf(leaf), name: leafName(leaf), level, position, siblings, leaf, isOpen: false });
    });
  };
  add(roots, [], 1);
  return rows;
}

const collator = new Intl.Collator("en", { numeric: true });
const MANY = 1000;

function ordered<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  // The order that people expect takes too long where there are many.
  const compare =
    items.length > MANY ? (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0) : collator.compare;
  return items
    .map((item) => ({ item, name: nameOf(item) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ item }) => item);
}

function leafName({ path }: Placed): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The leaves of a folder at all depths. */
export function* leavesBelow<Leaf>(of: Folder<Leaf>): Generator<Leaf> {
  yield* of.leaves;
  for (const next of of.folders.values()) yield* leavesBelow(next);
}

/** The files whose bucket and path have every word of a search. */
export function search(files: Iterable<PageFile>, query: string): readonly PageFile[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: PageFile[] = [];
  for (const file of files) {
    const text = `${file.bucket}/${file.path}\0${file.label ?? ""}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(file);
  }
  return found;
}
