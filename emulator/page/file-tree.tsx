import { useMemo, useRef, useState } from "preact/hooks";
import { Icon, iconOf } from "./icons";
import { bytes, counted, type PageFile } from "./model";
import type { Folder, TreeRow } from "./tree";
import { VirtualList, type RowPlace } from "./virtual-list";

const ROW = 32;

/** What one does with the tree. */
export interface FileTreeProps {
  readonly rows: readonly TreeRow<PageFile>[];
  readonly selected: ReadonlySet<string>;
  readonly active: string | undefined;
  readonly onSelect: (keys: ReadonlySet<string>, active: string) => void;
  readonly onOpen: (folder: Folder<PageFile>, isOpen: boolean) => void;
  readonly onRename: () => void;
  readonly onDelete: () => void;
  readonly onDrop: (row: TreeRow<PageFile> | undefined, data: DataTransfer) => void;
}

/** Buckets, folders and files as a tree, by mouse and by keyboard. */
export function FileTree({ rows, selected, active, onSelect, onOpen, onRename, onDelete, onDrop }: FileTreeProps) {
  const [over, setOver] = useState<string>();
  const anchor = useRef<string>(undefined);
  const positions = useMemo(() => new Map(rows.map(({ key }, index) => [key, index])), [rows]);
  const at = positions.get(active ?? "") ?? 0;

  const select = (index: number, how: { readonly isRange: boolean; readonly isToggle: boolean }): void => {
    const row = rows[index];
    if (row === undefined) return;
    if (how.isRange) {
      const from = positions.get(anchor.current ?? active ?? "") ?? index;
      const [start, end] = from < index ? [from, index] : [index, from];
      onSelect(new Set(rows.slice(start, end + 1).map(({ key }) => key)), row.key);
      return;
    }
    anchor.current = row.key;
    if (!how.isToggle) {
      onSelect(new Set([row.key]), row.key);
      return;
    }
    const next = new Set(selected);
    if (!next.delete(row.key)) next.add(row.key);
    onSelect(next, row.key);
  };
  const click = (index: number, event: MouseEvent): void => {
    const row = rows[index];
    const isToggle = event.ctrlKey || event.metaKey;
    // A click opens a folder; one on a folder that is open and selected closes it.
    if (row?.folder !== undefined && !isToggle && !event.shiftKey) {
      if (!row.isOpen) onOpen(row.folder, true);
      else if (selected.size === 1 && selected.has(row.key)) onOpen(row.folder, false);
    }
    select(index, { isRange: event.shiftKey, isToggle });
  };
  const enter = (row: TreeRow<PageFile>): void => {
    if (row.folder !== undefined) onOpen(row.folder, !row.isOpen);
    select(positions.get(row.key) ?? 0, { isRange: false, isToggle: false });
  };
  const typed = useRef({ text: "", at: 0 });
  const findByName = (letter: string, at: number, goTo: (index: number) => void): void => {
    const isNew = Date.now() - typed.current.at > 700;
    typed.current = { text: (isNew ? "" : typed.current.text) + letter.toLowerCase(), at: Date.now() };
    const start = at + (isNew ? 1 : 0);
    for (let step = 0; step < rows.length; step++) {
      const index = (start + step) % rows.length;
      if (rows[index]?.name.toLowerCase().startsWith(typed.current.text) === true) {
        goTo(index);
        return;
      }
    }
  };
  const key = (event: KeyboardEvent, at: number, goTo: (index: number) => void): void => {
    const row = rows[at];
    if (row === undefined) return;
    const deeds: Record<string, (() => void) | undefined> = {
      Enter: () => {
        enter(row);
      },
      " ": () => {
        select(at, { isRange: event.shiftKey, isToggle: true });
      },
      ArrowRight: () => {
        if (row.folder === undefined) return;
        if (row.isOpen) goTo(at + 1);
        else {
          onOpen(row.folder, true);
          goTo(at);
        }
      },
      ArrowLeft: () => {
        if (row.folder !== undefined && row.isOpen) {
          onOpen(row.folder, false);
          goTo(at);
        } else goTo(rows.slice(0, at).findLastIndex(({ level }) => level < row.level));
      },
      F2: onRename,
      Delete: onDelete,
    };
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSelect(new Set(rows.filter(({ leaf }) => leaf !== undefined).map((one) => one.key)), row.key);
      return;
    }
    const deed = deeds[event.key];
    if (deed !== undefined) {
      event.preventDefault();
      deed();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      findByName(event.key, at, goTo);
  };
  const drag = (row: TreeRow<PageFile> | undefined) => ({
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (over !== (row?.key ?? "")) setOver(row?.key ?? "");
    },
    onDragLeave: () => {
      setOver(undefined);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      setOver(undefined);
      if (event.dataTransfer !== null) onDrop(row, event.dataTransfer);
    },
  });

  const renderRow = (index: number, place: RowPlace) => {
    const row = rows[index];
    if (row === undefined) return null;
    const { key: id, name, level, position, siblings, folder, leaf, isOpen } = row;
    return (
      <div
        {...place}
        {...drag(row)}
        key={id}
        class={`row${selected.has(id) ? " selected" : ""}${over === id ? " over" : ""}`}
        role="treeitem"
        aria-label={name}
        aria-level={level}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-selected={selected.has(id)}
        aria-expanded={folder === undefined ? undefined : isOpen}
        aria-description={
          leaf === undefined
            ? counted(folder?.count ?? 0, "file")
            : `${leaf.isPublic ? "public" : "private"}, ${bytes(leaf.size)}`
        }
        onClick={(event) => {
          click(index, event);
        }}
      >
        <span class="indent" style={{ width: `${String((level - 1) * 16)}px` }} />
        {folder === undefined ? (
          <span class="twisty" />
        ) : (
          <span
            class={`twisty${isOpen ? " open" : ""}`}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(folder, !isOpen);
            }}
          >
            <Icon name="chevron" />
          </span>
        )}
        <Icon name={folder === undefined ? iconOf(name) : level === 1 ? "bucket" : "folder"} />
        <span class="name">{name}</span>
        {leaf === undefined ? (
          <span class="meta" data-text={folder?.count.toLocaleString("en")} />
        ) : (
          <>
            <span class="meta" data-text={bytes(leaf.size)} />
            <span
              aria-hidden="true"
              class={`eye ${leaf.isPublic ? "public" : "private"}`}
              title={leaf.isPublic ? "Public" : "Private"}
            >
              <Icon name={leaf.isPublic ? "globe" : "lock"} />
            </span>
          </>
        )}
      </div>
    );
  };
  return (
    <div class={`tree${over === "" ? " over" : ""}`} {...drag(undefined)}>
      <VirtualList
        role="tree"
        label="Buckets and files"
        count={rows.length}
        rowHeight={ROW}
        active={at}
        isMulti
        onActive={(index, event) => {
          select(index, { isRange: event.shiftKey, isToggle: false });
        }}
        onKey={key}
        row={renderRow}
      />
    </div>
  );
}
