import { useEffect, useMemo, useState } from "preact/hooks";
import { control } from "./doors";
import { useAnswer, useDeed, useNarrow, usePage, useTopic } from "./hooks";
import { Icon, iconOf } from "./icons";
import { counted, nameOf, timeOf, type Difference, type Mark } from "./model";
import { grow, rowsOf, type Placed } from "./tree";
import { VirtualList, type RowPlace } from "./virtual-list";

const ROW = 32;
const NARROW_ROW = 50;
/** What becomes public comes first. */
const ORDER = ["published", "hidden", "moved", "renamed", "uploaded", "copied", "added", "replaced", "deleted"];
const QUIET_MS = 150;

/** What the tab remembers while another is shown. */
export interface ChangesMemory {
  mark: string | undefined;
  deed: string | undefined;
  closed: ReadonlySet<string>;
  active: string | undefined;
}

/** A tab that nobody has been at. */
export function newChangesMemory(): ChangesMemory {
  return { mark: undefined, deed: undefined, closed: new Set(), active: undefined };
}

interface Leaf extends Placed {
  readonly difference: Difference;
}

/** What has changed since a mark, as a tree; marks are snapshots, and one can go back to them. */
export function ChangesTab({ memory }: { readonly memory: ChangesMemory }) {
  const { say, ask } = usePage();
  const settings = useTopic("settings");
  const files = useSettled(useTopic("files"));
  const [, rerender] = useState(0);
  const remember = (change: Partial<ChangesMemory>): void => {
    Object.assign(memory, change);
    rerender((count) => count + 1);
  };
  const [run, isBusy] = useDeed();
  const marks = useAnswer(() => control<{ snapshots: Mark[] }>("GET", "snapshots"), [settings])?.snapshots;
  const mark = marks?.find(({ name }) => name === memory.mark) ?? marks?.at(-1);
  const found = useAnswer(
    async () =>
      mark === undefined
        ? undefined
        : await control<{ changes: Difference[] }>("GET", `changes?since=${encodeURIComponent(mark.name)}`),
    [mark?.name, mark?.at_ms, files],
  );
  const changes = mark === undefined ? undefined : found?.changes;
  const counts = useMemo(() => {
    const byDeed = new Map<string, number>();
    for (const { deeds } of changes ?? []) for (const deed of deeds) byDeed.set(deed, (byDeed.get(deed) ?? 0) + 1);
    return byDeed;
  }, [changes]);
  const { deed, closed, active } = memory;
  const isNarrow = useNarrow();
  const wanted = deed !== undefined && counts.has(deed) ? deed : undefined;
  const roots = useMemo(() => {
    const leaves = (changes ?? [])
      .filter(({ deeds }) => wanted === undefined || deeds.includes(wanted))
      .map((difference): Leaf => {
        const { id, bucket, after, before } = difference;
        return { id, bucket, path: (after ?? before)?.path ?? "", difference };
      });
    return grow([], leaves);
  }, [changes, wanted]);
  const rows = useMemo(() => rowsOf(roots, ({ key }) => !closed.has(key)), [roots, closed]);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === active),
  );
  const toggle = (key: string): void => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    remember({ closed: next });
  };
  const setMark = (): Promise<boolean> =>
    run(async () => {
      const taken = new Set((marks ?? []).map(({ name }) => name));
      const plain = `Mark ${timeOf(Date.now())}`;
      let name = plain;
      for (let number = 2; taken.has(name); number++) name = `${plain} (${String(number)})`;
      await control("POST", "snapshot", { name });
      remember({ mark: name });
      say(`${name} is set. What changes from now on shows here.`);
    });
  const goBack = async ({ name }: Mark): Promise<void> => {
    const isYes = await ask({
      title: `Go back to ${name}?`,
      text: "All files will be as they were then. What came after is gone, and the requests stay in the journal.",
      deed: "Restore",
      isDangerous: true,
    });
    if (!isYes) return;
    await run(async () => {
      await control("POST", "restore", { name });
      say(`All files are as they were at ${name}`);
    });
  };

  const row = (index: number, place: RowPlace) => {
    const one = rows[index];
    if (one === undefined) return null;
    const { key, name, level, position, siblings, folder, leaf, isOpen } = one;
    const words = leaf === undefined ? undefined : inWords(leaf.difference);
    return (
      <div
        {...place}
        key={key}
        class={`row change${leaf?.difference.after === null ? " gone" : ""}`}
        role="treeitem"
        aria-description={leaf === undefined ? counted(folder?.count ?? 0, "change") : undefined}
        aria-level={level}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-expanded={folder === undefined ? undefined : isOpen}
        onClick={() => {
          remember({ active: key });
          if (folder !== undefined) toggle(key);
        }}
      >
        <span class="indent" style={{ width: `${String((level - 1) * 16)}px` }} />
        <span class={`twisty${isOpen ? " open" : ""}`}>{folder !== undefined && <Icon name="chevron" />}</span>
        <Icon name={leaf !== undefined ? iconOf(name) : level === 1 ? "bucket" : "folder"} />
        <span class="name">{name}</span>
        {leaf === undefined ? (
          <span class="meta">{folder?.count.toLocaleString("en")}</span>
        ) : (
          <>
            <span class="from">{words}</span>
            <span class="change-deeds">
              {leaf.difference.deeds.map((what) => (
                <span key={what} class={`chip deed-${what}`}>
                  {what}
                </span>
              ))}
            </span>
          </>
        )}
      </div>
    );
  };
  return (
    <div class="single">
      <div class="bar wrapping">
        <button type="button" class="primary" disabled={isBusy} onClick={() => void setMark()}>
          Set a mark
        </button>
        {mark !== undefined && (
          <>
            <label class="inline">
              <span>Since</span>
              <select
                value={mark.name}
                onChange={(event) => remember({ mark: event.currentTarget.value, deed: undefined })}
              >
                {(marks ?? []).map(({ name, files: held }) => (
                  <option key={name} value={name}>
                    {name} ({counted(held, "file")})
                  </option>
                ))}
              </select>
            </label>
            <button type="button" disabled={isBusy} onClick={() => void goBack(mark)}>
              Restore…
            </button>
          </>
        )}
      </div>
      {mark === undefined ? (
        <div class="welcome">
          <h2>What does an up do?</h2>
          <p>
            Set a mark, run <code>pulumi up</code>, and look here: every file that was moved, renamed, published,
            hidden, uploaded, copied, replaced or deleted since, in its place. A mark is a snapshot, so that you can go
            back to it and run again.
          </p>
        </div>
      ) : (
        <>
          <div class="deeds counts" role="group" aria-label="Kinds of changes">
            {[...counts]
              .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
              .map(([what, count]) => (
                <button
                  key={what}
                  type="button"
                  class={`chip deed-${what}`}
                  aria-pressed={wanted === what}
                  onClick={() => remember({ deed: wanted === what ? undefined : what })}
                >
                  {count.toLocaleString("en")} {what}
                </button>
              ))}
          </div>
          {rows.length === 0 ? (
            <p class="empty">{changes === undefined ? "Loading…" : `Nothing has changed since ${mark.name}.`}</p>
          ) : (
            <div class="tree">
              <VirtualList
                role="tree"
                label={`Changes since ${mark.name}`}
                count={rows.length}
                rowHeight={isNarrow ? NARROW_ROW : ROW}
                active={at}
                onActive={(index) => remember({ active: rows[index]?.key })}
                onKey={(event, index) => {
                  const one = rows[index];
                  if (one?.folder === undefined) return;
                  const isToToggle = event.key === "Enter" || event.key === (one.isOpen ? "ArrowLeft" : "ArrowRight");
                  if (!isToToggle) return;
                  event.preventDefault();
                  toggle(one.key);
                }}
                row={row}
              />
            </div>
          )}
        </>
      )}
      <p class="foot" role="status">
        {mark !== undefined && changes !== undefined
          ? `${counted(changes.length, "file")} changed since ${mark.name}`
          : ""}
      </p>
    </div>
  );
}

function inWords({ before, after, deeds }: Difference): string {
  if (before === null || after === null) return "";
  if (deeds.includes("moved")) return `from ${before.path}`;
  return deeds.includes("renamed") ? `from ${nameOf(before.path)}` : "";
}

/** A count once it has stood still for a moment, and from time to time while it does not. */
function useSettled(count: number): number {
  const [settled, setSettled] = useState(count);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(count);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [count]);
  return settled;
}
