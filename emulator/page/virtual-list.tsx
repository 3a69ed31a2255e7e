import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const SPARE = 8;

/** A long list of rows of one height, of which only those in sight are there. */
export interface VirtualListProps {
  readonly role: "tree" | "listbox";
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  /** The row that has, or would get, the keyboard. */
  readonly active: number;
  readonly onActive: (index: number, event: KeyboardEvent) => void;
  readonly isMulti?: boolean;
  /** Keeps the end in sight. */
  readonly isFollowing?: boolean;
  /** Told whether the end is in sight, when someone scrolls. */
  readonly onEnd?: (isAtEnd: boolean) => void;
  /** Other keys, the row that has the keyboard, and how to give it to another. */
  readonly onKey?: (event: KeyboardEvent, index: number, go: (index: number) => void) => void;
  readonly row: (index: number, place: RowPlace) => ComponentChildren;
}

/** What a row is to have so that it stands in its place. */
export interface RowPlace {
  readonly style: { readonly top: string; readonly height: string };
  readonly tabIndex: 0 | -1;
  readonly "data-index": number;
}

/** A list of which only the rows in sight are there; up, down, page keys, Home and End go through it. */
export function VirtualList(props: VirtualListProps) {
  const { role, label, count, rowHeight, onActive, isMulti, isFollowing, onEnd, onKey, row } = props;
  const active = Math.min(Math.max(0, props.active), Math.max(0, count - 1));
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const wanted = useRef<number>(undefined);

  const look = (): void => {
    const { current } = box;
    if (current === null) return;
    const { scrollTop: top, clientHeight: height } = current;
    setView((before) => (before.top === top && before.height === height ? before : { top, height }));
  };
  useLayoutEffect(() => {
    look();
    const { current } = box;
    if (current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const { current } = box;
    if (isFollowing !== true || current === null) return;
    current.scrollTop = current.scrollHeight;
    look();
  }, [count, isFollowing]);
  // The keyboard's row is there even out of sight, so that it never loses the keyboard.
  useLayoutEffect(() => {
    if (wanted.current !== active) return;
    wanted.current = undefined;
    const { current } = box;
    if (current === null) return;
    const top = active * rowHeight;
    if (top < current.scrollTop) current.scrollTop = top;
    else if (top + rowHeight > current.scrollTop + current.clientHeight) {
      current.scrollTop = top + rowHeight - current.clientHeight;
    }
    current.querySelector<HTMLElement>(`[data-index="${String(active)}"]`)?.focus({ preventScroll: true });
  });

  const go = (index: number, event: KeyboardEvent): void => {
    event.preventDefault();
    const next = Math.min(Math.max(0, index), count - 1);
    wanted.current = next;
    onActive(next, event);
  };
  const keyDown = (event: KeyboardEvent): void => {
    // Assistive technology gives the keyboard to any row.
    const focused = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    const from = focused === null ? active : Number(focused.dataset["index"]);
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: count - 1,
    };
    const next = steps[event.key];
    if (next !== undefined && count > 0 && !event.altKey) go(next, event);
    else {
      onKey?.(event, from, (index) => {
        go(index, event);
      });
    }
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - SPARE);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + SPARE);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  if (count > 0 && (active < first || active >= last)) shown.push(active);
  return (
    <div
      ref={box}
      class="list"
      role={role}
      aria-label={label}
      aria-multiselectable={isMulti === true ? "true" : undefined}
      onKeyDown={keyDown}
      onScroll={() => {
        look();
        const { current } = box;
        if (current !== null) onEnd?.(current.scrollTop + current.clientHeight >= current.scrollHeight - rowHeight);
      }}
    >
      <div class="list-space" role="none" style={{ height: `${String(count * rowHeight)}px` }}>
        {shown.map((index) =>
          row(index, {
            style: { top: `${String(index * rowHeight)}px`, height: `${String(rowHeight)}px` },
            tabIndex: index === active ? 0 : -1,
            "data-index": index,
          }),
        )}
      </div>
    </div>
  );
}
