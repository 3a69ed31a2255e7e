import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as deeds from "./deeds";
import { folderOf, joined, nameOf, shownName, type PageFile } from "./model";
import type { Selection } from "./selection";
import type { Folder } from "./tree";

/** Asks for a new name or place in one text box. */
export function AskText({
  selection: { files, folder, isFile },
  asking,
  isBusy,
  onText,
  onCancel,
}: {
  readonly selection: Selection;
  readonly asking: "rename" | "move";
  readonly isBusy: boolean;
  readonly onText: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const file = isFile ? files[0] : undefined;
  const [text, setText] = useState(() => firstText(asking, file, folder));
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const { current } = box;
    current?.focus();
    const name = current?.value ?? "";
    const dot = asking === "rename" && file !== undefined ? name.lastIndexOf(".") : -1;
    current?.setSelectionRange(0, dot > 0 ? dot : name.length);
  }, []);
  const target = asking === "move" && file !== undefined ? targetOf(file, text) : undefined;
  const deed = asking === "rename" ? "Rename" : "Move";
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onText(text);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <label>
        <span>{asking === "rename" ? "New name" : file === undefined ? "To folder" : "To folder, or full path"}</span>
        <input
          ref={box}
          type="text"
          value={text}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" class="primary" disabled={isBusy}>
        {deed}
      </button>
      <button type="button" class="ghost" onClick={onCancel}>
        Cancel
      </button>
      {target !== undefined && <p class="hint">Its path will be {target}</p>}
      {asking === "move" && file === undefined && <p class="hint">Leave it empty for the bucket's root.</p>}
    </form>
  );
}

function firstText(
  asking: "rename" | "move",
  file: PageFile | undefined,
  folder: Folder<PageFile> | undefined,
): string {
  if (file !== undefined) {
    const before = folderOf(file.path);
    return asking === "rename" ? shownName(file) : before === "" ? "" : `${before}/`;
  }
  if (folder === undefined) return "";
  return asking === "rename" ? folder.name : folderOf(folder.prefix.slice(0, -1));
}

/** The path that a text means: a folder, or with the file's name or its extension at the end, a path. */
export function targetOf({ path }: Pick<PageFile, "path">, given: string): string {
  const text = given.trim().replace(/^\/+/, "");
  const name = nameOf(path);
  if (text === "" || text.endsWith("/")) return joined(text.replace(/\/+$/, ""), name);
  const extension = /.\.[^.]+$/.exec(name)?.[0].slice(1).toLowerCase();
  const last = nameOf(text);
  const isPath = last === name || (extension !== undefined && last.toLowerCase().endsWith(extension));
  return isPath ? text : joined(text, name);
}

/** Renames or moves what is selected, as the text says. */
export async function carryOut(
  { files, folder, isFile }: Selection,
  asking: "rename" | "move",
  text: string,
  progress: deeds.Progress,
): Promise<void> {
  const file = isFile ? files[0] : undefined;
  if (file !== undefined) {
    if (asking === "rename") await deeds.renameFile(file, text.trim());
    else await deeds.moveFile(file, targetOf(file, text));
    return;
  }
  const target = text.trim().replace(/^\/+|\/+$/g, "");
  if (folder === undefined) {
    await deeds.moveInto(files, target, progress);
    return;
  }
  const from = folder.prefix.slice(0, -1);
  const to = asking === "rename" ? joined(folderOf(from), target) : joined(target, folder.name);
  await deeds.moveFolder(files, from, to, progress);
}
