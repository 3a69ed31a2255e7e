import { DEFAULT_PLAN } from "./seed/checked-seed";
import { conflict, missing } from "./failure";
import type { Surroundings } from "./operations/call";
import { visibilityChange } from "./operations/patch";
import { directoryOf, isStorable, joinPath } from "./paths";
import { checkSeedFile, insertFile, isBucketName, storeContent } from "./seed/seed";
import type { BucketRow, FileRow } from "./store/rows";
import { UsageError } from "./usage-error";

type Wanted = Readonly<Record<string, unknown>>;
type Edit = (around: Surroundings, wanted: Wanted) => FileRow | undefined;

/**
 * A change from outside, as by someone at the service's own console: it is in no journal. With `lagging` it is seen as late as the
 * dialect has requests' own writes be seen, otherwise at once.
 */
export function edit(around: Surroundings, { lagging = false, ...wanted }: Wanted): FileRow | undefined {
  if (typeof lagging !== "boolean") throw new UsageError("lagging must be true or false");
  const op = String(wanted["op"]);
  const run = Object.hasOwn(edits, op) ? edits[op] : undefined;
  if (run === undefined) throw new UsageError(`unknown edit "${op}": ${Object.keys(edits).join(", ")}`);
  const make = (): FileRow | undefined => around.store.transaction(() => run(around, wanted));
  return lagging ? around.history.record(make) : make();
}

const edits: Readonly<Record<string, Edit>> = {
  put: (around, wanted) => {
    const { op: _op, bucket: _bucket, ...given } = wanted;
    const bucket = bucketOf(around, wanted).name;
    const file = checkSeedFile(given, "put");
    const content = storeContent(around.store, file.content, `${bucket}/${file.path}`);
    const now = around.clock.now();
    const held = around.store.at(bucket, file.path)[0];
    if (held !== undefined) {
      const visibility = given["visibility"] === undefined ? {} : visibilityChange(held, file);
      return around.store.update(held, { ...content, ...visibility, updatedAt: now });
    }
    if (file.id !== undefined) around.store.records.forget(file.id);
    return insertFile(around.store, bucket, file, content, now);
  },
  move: (around, wanted) => moveTo(around, fileOf(around, wanted), textOf(wanted, "to")),
  rename: (around, wanted) => {
    const file = fileOf(around, wanted);
    const name = textOf(wanted, "name");
    if (name.includes("/")) throw new UsageError(`"${name}" is not a valid name`);
    return moveTo(around, file, joinPath(directoryOf(file.path), name));
  },
  visibility: (around, wanted) => {
    const visibility = wanted["visibility"];
    if (visibility !== "PUBLIC" && visibility !== "PRIVATE") throw new UsageError("visibility is PUBLIC or PRIVATE");
    const file = fileOf(around, wanted);
    return around.store.update(file, { ...visibilityChange(file, { visibility }), updatedAt: around.clock.now() });
  },
  delete: (around, wanted) => {
    around.store.remove(fileOf(around, wanted));
    return undefined;
  },
  bucket: (around, wanted) => {
    const name = textOf(wanted, "bucket");
    if (!isBucketName(name)) throw new UsageError(`"${name}" is not a valid bucket name`);
    const plan = wanted["plan"] === undefined ? DEFAULT_PLAN : textOf(wanted, "plan");
    around.store.buckets.put({ name, plan, createdAt: around.clock.now(), bandwidth: 0 });
    return undefined;
  },
  drop_bucket: (around, wanted) => {
    around.store.dropBucket(bucketOf(around, wanted).name);
    return undefined;
  },
};

function moveTo({ store, clock }: Surroundings, file: FileRow, path: string): FileRow {
  if (path === "" || !isStorable(path)) throw new UsageError(`"${path}" is not a valid path`);
  if (store.at(file.bucket, path).some(({ seq }) => seq !== file.seq)) throw conflict(file.bucket, path);
  return store.update(file, { path, updatedAt: clock.now() });
}

function fileOf({ store }: Surroundings, wanted: Wanted): FileRow {
  const file =
    wanted["id"] === undefined
      ? store.at(textOf(wanted, "bucket"), textOf(wanted, "path"))[0]
      : store.file(textOf(wanted, "id"));
  if (file === undefined) throw missing("File");
  return file;
}

function bucketOf({ store }: Surroundings, wanted: Wanted): BucketRow {
  const name = textOf(wanted, "bucket");
  const bucket = store.buckets.get(name);
  if (bucket === undefined) throw missing(`Bucket "${name}"`);
  return bucket;
}

function textOf(wanted: Wanted, field: string): string {
  const value = wanted[field];
  if (typeof value !== "string") throw new UsageError(`${field} must be text`);
  return value;
}
