import { useMemo, useRef, useState } from "preact/hooks";
import * as deeds from "./deeds";
import { FileTree } from "./file-tree";
import { useDeed, usePage, useTopic } from "./hooks";
import { Icon } from "./icons";
import { counted, joined, nameOf, shownName, type PageFile } from "./model";
import { placeOf, placeOfRow, selectionOf, type Asking } from "./selection";
import { SelectionPanel } from "./selection-panel";
import { grow, rowsOf, search, type Folder, type TreeRow } from "./tree";
import { Welcome } from "./welcome";

/** What the tab remembers while another is shown. */
export interface FilesMemory {
  query: string;
  /** Whether folders are open, where someone has said so. */
  open: ReadonlyMap<string, boolean>;
  selected: ReadonlySet<string>;
  active: string | undefined;
}

/** A tab that nobody has been at. */
export function newFilesMemory(): FilesMemory {
  return { query: "", open: new Map(), selected: new Set(), active: undefined };
}

/** Up to so many buckets are open from the start. */
const OPEN_BUCKETS = 3;

/** Buckets and files, and what one can do with them. */
export function FilesTab({ memory }: { readonly memory: FilesMemory }) {
  const { live, say, ask } = usePage();
  const version = useTopic("files");
  const [, rerender] = useState(0);
  const remember = (change: Partial<FilesMemory>): void => {
    Object.assign(memory, change);
    rerender((count) => count + 1);
  };
  const [asking, setAsking] = useState<Asking>();
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [run, isBusy] = useDeed();
  const chooser = useRef<HTMLInputElement>(null);
  const { query, open, selected, active } = memory;
  const isSearching = query.trim() !== "";

  const roots = useMemo(() => {
    const files = [...live.files.values()];
    if (!isSearching) return grow(live.buckets, files);
    const found = search(files, query);
    return grow([], found);
  }, [version, query, live]);
  const isOpen = (folder: Folder<PageFile>): boolean =>
    open.get(folder.key) ?? (isSearching || (folder.prefix === "" && live.buckets.length <= OPEN_BUCKETS));
  const rows = useMemo(() => rowsOf(roots, isOpen), [roots, open]);
  const selection = useMemo(() => selectionOf(roots, selected, live.files), [roots, selected]);

  const select = (keys: ReadonlySet<string>, key: string): void => {
    setAsking(undefined);
    const isOneFile = keys.size === 1 && key.startsWith("f:");
    setPanelOpen(isOneFile);
    remember({ selected: keys, active: key });
  };
  const removeSelected = async (): Promise<void> => {
    const { files, folder, isFile } = selection;
    if (files.length === 0) return;
    const [first] = files;
    const name = isFile && first !== undefined ? shownName(first) : undefined;
    const what = name ?? (folder === undefined ? counted(files.length, "file") : `all that is in ${folder.name}`);
    const isYes = await ask({
      title: `Delete ${what}?`,
      text:
        name === undefined
          ? `${counted(files.length, "file")} will be gone for good, as the API deletes them.`
          : `${first?.bucket ?? ""}/${first?.path ?? ""} will be gone for good, as the API deletes it.`,
      deed: name === undefined ? `Delete ${counted(files.length, "file")}` : "Delete file",
      isDangerous: true,
    });
    if (!isYes) return;
    await run(async () => {
      await deeds.deleteFiles(files, (done, all) => {
        if (all > 20) say(`Deleting ${done.toLocaleString("en")} of ${all.toLocaleString("en")}…`);
      });
      say(`${name ?? counted(files.length, "file")} deleted`);
    });
  };
  const bringIn = async (
    bucket: string | undefined,
    folder: string,
    found: readonly { readonly path: string; readonly file: File }[],
  ): Promise<void> => {
    if (found.length === 0) return;
    if (bucket === undefined) {
      say("There is no bucket to upload to", true);
      return;
    }
    const uploads = found.map(({ path, file }) => ({ bucket, path: joined(folder, path), file }));
    const held = new Set([...live.files.values()].filter((one) => one.bucket === bucket).map(({ path }) => path));
    const taken = uploads.filter(({ path }) => held.has(path));
    if (taken.length > 0) {
      const isYes = await ask({
        title:
          taken.length === 1 ? `Replace ${nameOf(taken[0]?.path ?? "")}?` : `Replace ${counted(taken.length, "file")}?`,
        text: `There ${taken.length === 1 ? "is a file" : "are files"} in ${bucket}/${folder} already with ${taken.length === 1 ? "this name" : "these names"}.`,
        deed: taken.length === 1 ? "Replace file" : `Replace ${counted(taken.length, "file")}`,
        isDangerous: true,
      });
      if (!isYes) return;
    }
    await run(async () => {
      await deeds.upload(uploads, (done, all) => {
        if (all > 5) say(`Uploading ${done.toLocaleString("en")} of ${all.toLocaleString("en")}…`);
      });
      say(
        `${uploads.length === 1 ? nameOf(uploads[0]?.path ?? "") : counted(uploads.length, "file")} uploaded to ${bucket}/${folder}`,
      );
      const key = folder === "" ? undefined : `d:${bucket}/${folder}/`;
      if (key !== undefined) remember({ open: new Map(memory.open).set(key, true) });
    });
  };
  const here = placeOf(selection, active, rows, live.buckets);
  const onDrop = (row: TreeRow<PageFile> | undefined, data: DataTransfer): void => {
    const place = row === undefined ? here : placeOfRow(row);
    void deeds.dropped(data).then((found) => bringIn(place.bucket, place.folder, found));
  };

  return (
    <div class={`files${isPanelOpen ? " panel-open" : ""}`}>
      <div class="pane">
        <div class="bar">
          <label class="search">
            <Icon name="search" />
            <input
              type="search"
              placeholder="Search by path"
              aria-label="Search files by path"
              value={query}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => {
                remember({ query: event.currentTarget.value, open: isSearching ? new Map() : memory.open });
              }}
            />
          </label>
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            title={here.bucket === undefined ? undefined : `Upload to ${here.bucket}/${here.folder}`}
            onClick={() => chooser.current?.click()}
          >
            <Icon name="upload" />
            Upload
          </button>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              event.currentTarget.value = "";
              void bringIn(
                here.bucket,
                here.folder,
                files.map((file) => ({ path: file.name, file })),
              );
            }}
          />
        </div>
        {rows.length === 0 ? (
          <p class="empty">{isSearching ? `No file has “${query.trim()}” in its path.` : "There is no bucket."}</p>
        ) : (
          <FileTree
            rows={rows}
            selected={selected}
            active={active}
            onSelect={select}
            onOpen={(folder, isToOpen) => remember({ open: new Map(memory.open).set(folder.key, isToOpen) })}
            onRename={() => {
              setPanelOpen(true);
              setAsking("rename");
            }}
            onDelete={() => void removeSelected()}
            onDrop={onDrop}
          />
        )}
        <p class="foot" role="status">
          {isSearching
            ? `${counted(
                roots.reduce((sum, { count }) => sum + count, 0),
                "file",
              )} found`
            : `${counted(live.files.size, "file")} in ${counted(live.buckets.length, "bucket")}`}
          {selection.files.length > 0 && !selection.isFile && (
            <button type="button" class="link narrow-only" onClick={() => setPanelOpen(true)}>
              {counted(selection.files.length, "file")} selected
            </button>
          )}
        </p>
      </div>
      <section class="panel" aria-label="Selection">
        {selection.files.length === 0 && selection.folder === undefined ? (
          <Welcome />
        ) : (
          <SelectionPanel
            selection={selection}
            asking={asking}
            onAsk={setAsking}
            onBack={() => setPanelOpen(false)}
            onDelete={() => void removeSelected()}
          />
        )}
      </section>
    </div>
  );
}
