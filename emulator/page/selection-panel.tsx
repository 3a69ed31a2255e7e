import { AskText, carryOut } from "./ask-text";
import * as deeds from "./deeds";
import { useAnswer, useDeed, usePage } from "./hooks";
import { Icon, iconOf } from "./icons";
import { FileView, Summary } from "./file-view";
import { counted, shownName, type PageFile } from "./model";
import type { Asking, Selection } from "./selection";
import type { Folder } from "./tree";

/** The selection: what it is, and what one can do with it. */
export function SelectionPanel({
  selection,
  asking,
  onAsk,
  onBack,
  onDelete,
}: {
  readonly selection: Selection;
  readonly asking: Asking;
  readonly onAsk: (asking: Asking) => void;
  readonly onBack: () => void;
  readonly onDelete: () => void;
}) {
  const { say, showRequests } = usePage();
  const [run, isBusy] = useDeed();
  const { files, folder, isFile } = selection;
  const file = isFile ? files[0] : undefined;
  const isRoot = folder?.prefix === "";
  const title = file === undefined ? (folder?.name ?? counted(files.length, "file")) : shownName(file);
  const hasPublic = files.some(({ isPublic }) => isPublic);
  const hasPrivate = files.some(({ isPublic }) => !isPublic);
  const progress =
    (doing: string): deeds.Progress =>
    (done, all) => {
      if (all > 20) say(`${doing} ${done.toLocaleString("en")} of ${all.toLocaleString("en")}…`);
    };
  const setVisibility = (isPublic: boolean): void => {
    const changing = files.filter((one) => one.isPublic !== isPublic);
    void run(async () => {
      await deeds.setVisibility(changing, isPublic, progress(isPublic ? "Publishing" : "Hiding"));
      const what = file === undefined ? counted(changing.length, "file") : shownName(file);
      say(`${what} ${changing.length === 1 ? "is" : "are"} ${isPublic ? "public" : "private"} now`);
    });
  };
  return (
    <div class="panel-inner">
      <header class="panel-head">
        <button type="button" class="ghost back" onClick={onBack}>
          <Icon name="back" />
          Back
        </button>
        <Icon
          name={file === undefined ? (isRoot ? "bucket" : folder === undefined ? "file" : "folder") : iconOf(file.path)}
        />
        <div class="panel-title">
          <h2>{title}</h2>
          <p class="path">{file === undefined ? placeOf(folder, files) : `${file.bucket}/${file.path}`}</p>
        </div>
        {file !== undefined && (
          <span class={`badge ${file.isPublic ? "public" : "private"}`}>{file.isPublic ? "Public" : "Private"}</span>
        )}
      </header>
      {asking === undefined ? (
        <div class="deeds" role="group" aria-label={`What to do with ${title}`}>
          {hasPrivate && (
            <button type="button" disabled={isBusy} onClick={() => setVisibility(true)}>
              Publish
            </button>
          )}
          {hasPublic && (
            <button type="button" disabled={isBusy} onClick={() => setVisibility(false)}>
              Hide
            </button>
          )}
          {files.length > 0 && (file !== undefined || (folder !== undefined && !isRoot)) && (
            <button type="button" disabled={isBusy} onClick={() => onAsk("rename")}>
              Rename
            </button>
          )}
          {files.length > 0 && !isRoot && (
            <button type="button" disabled={isBusy} onClick={() => onAsk("move")}>
              Move
            </button>
          )}
          {file !== undefined && (
            <>
              <button
                type="button"
                onClick={() =>
                  void run(async () => {
                    await deeds.copyText(await deeds.addressOf(file));
                    say(file.isPublic ? "Address copied" : "Signed address copied: it opens the file for an hour");
                  })
                }
              >
                Copy address
              </button>
              <OpenLink key={`${file.id} ${String(file.updatedAt)} ${String(file.isPublic)}`} file={file} />
            </>
          )}
          {files.length > 0 && (
            <button type="button" class="danger-quiet" disabled={isBusy} onClick={onDelete}>
              Delete
            </button>
          )}
        </div>
      ) : (
        <AskText
          key={`${asking} ${title}`}
          selection={selection}
          asking={asking}
          isBusy={isBusy}
          onCancel={() => onAsk(undefined)}
          onText={(text) =>
            void run(async () => {
              await carryOut(selection, asking, text, progress("Moving"));
              say(asking === "rename" ? `Renamed to ${text.trim()}` : `Moved ${title}`);
            }).then((isDone) => {
              if (isDone) onAsk(undefined);
            })
          }
        />
      )}
      {file === undefined ? (
        <Summary files={files} />
      ) : (
        <FileView file={file} onRequests={() => showRequests(file.path)} />
      )}
    </div>
  );
}

function OpenLink({ file }: { readonly file: PageFile }) {
  const address = useAnswer(() => deeds.addressOf(file), [file.id]);
  if (address === undefined) return null;
  return (
    <a class="button" href={address} target="_blank" rel="noopener noreferrer">
      Open
    </a>
  );
}

function placeOf(folder: Folder<PageFile> | undefined, files: readonly PageFile[]): string {
  if (folder !== undefined) return folder.prefix === "" ? "bucket" : `${folder.bucket}/${folder.prefix}`;
  return [...new Set(files.map(({ bucket }) => bucket))].join(", ");
}
