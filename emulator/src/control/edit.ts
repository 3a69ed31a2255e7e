import { DEFAULT_PLAN } from "../checked-seed";
import { conflict, missing } from "../failure";
import { requireBucket } from "../operations/lookup";
import { visibilityChange } from "../operations/patch";
import { directoryOf, isValidName, isValidPath, joinPath } from "../paths";
import { checkSeedFile, storeContent } from "../seed";
import type { EmulatorState } from "../state";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { UsageError } from "../usage-error";

type Wanted = Readonly<Record<string, unknown>>;
type Edit = (state: EmulatorState, wanted: Wanted) => FileRow | undefined;

/** A change from outside, as by someone at the service's own console: it is in no journal. */
export function edit(state: EmulatorState, wanted: Wanted): FileRow | undefined {
  const op = String(wanted["op"]);
  const run = Object.hasOwn(edits, op) ? edits[op] : undefined;
  if (run === undefined) throw new UsageError(`unknown edit "${op}": ${Object.keys(edits).join(", ")}`);
  return state.store.transaction(() => run(state, wanted));
}

const edits: Readonly<Record<string, Edit>> = {
  put: (state, wanted) => {
    const { op: _op, bucket: _bucket, ...given } = wanted;
    const bucket = requireBucket(state.store, textOf(wanted, "bucket")).name;
    const file = checkSeedFile(given, "put");
    const content = storeContent(state.store, file.content, `${bucket}/${file.path}`);
    const now = state.clock.now();
    const held = state.store.at(bucket, file.path)[0];
    if (held !== undefined) {
      const visibility = given["visibility"] === undefined ? {} : visibilityChange(held, file);
      return state.store.update(held, { ...content, ...visibility, updatedAt: now });
    }
    return state.store.insert({
      ...content,
      id: file.id ?? newFileId(),
      bucket,
      path: file.path,
      label: null,
      visibility: file.visibility,
      metadata: JSON.stringify(file.metadata),
      urlVersion: 0,
      createdAt: now,
      updatedAt: now,
    });
  },
  move: (state, wanted) => moveTo(state, fileOf(state, wanted), textOf(wanted, "to")),
  rename: (state, wanted) => {
    const file = fileOf(state, wanted);
    const name = textOf(wanted, "name");
    if (!isValidName(name)) throw new UsageError(`"${name}" is not a valid name`);
    return moveTo(state, file, joinPath(directoryOf(file.path), name));
  },
  visibility: (state, wanted) => {
    const visibility = wanted["visibility"];
    if (visibility !== "PUBLIC" && visibility !== "PRIVATE") throw new UsageError("visibility is PUBLIC or PRIVATE");
    const file = fileOf(state, wanted);
    return state.store.update(file, { ...visibilityChange(file, { visibility }), updatedAt: state.clock.now() });
  },
  delete: (state, wanted) => {
    state.store.remove(fileOf(state, wanted));
    return undefined;
  },
  bucket: (state, wanted) => {
    const name = textOf(wanted, "bucket");
    if (name === "" || name.includes("/")) throw new UsageError(`"${name}" is not a valid bucket name`);
    const plan = wanted["plan"] === undefined ? DEFAULT_PLAN : textOf(wanted, "plan");
    state.store.putBucket({ name, plan, createdAt: state.clock.now(), bandwidth: 0 });
    return undefined;
  },
  drop_bucket: (state, wanted) => {
    state.store.dropBucket(requireBucket(state.store, textOf(wanted, "bucket")).name);
    return undefined;
  },
};

function moveTo({ store, clock }: EmulatorState, file: FileRow, path: string): FileRow {
  if (!isValidPath(path)) throw new UsageError(`"${path}" is not a valid path`);
  if (store.at(file.bucket, path).some(({ seq }) => seq !== file.seq)) throw conflict(file.bucket, path);
  return store.update(file, { path, updatedAt: clock.now() });
}

function fileOf({ store }: EmulatorState, wanted: Wanted): FileRow {
  const file =
    wanted["id"] === undefined
      ? store.at(textOf(wanted, "bucket"), textOf(wanted, "path"))[0]
      : store.file(textOf(wanted, "id"));
  if (file === undefined) throw missing("File");
  return file;
}

function textOf(wanted: Wanted, field: string): string {
  const value = wanted[field];
  if (typeof value !== "string") throw new UsageError(`${field} must be text`);
  return value;
}
