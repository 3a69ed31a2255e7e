import { useMemo, useState } from "preact/hooks";
import { control } from "./doors";
import { useDeed, usePage, useTopic } from "./hooks";
import { Icon } from "./icons";
import { counted, timeOf, type PageRequest } from "./model";
import { RequestPanel } from "./request-panel";
import { VirtualList, type RowPlace } from "./virtual-list";

const ROW = 30;

/** What the tab remembers while another is shown. */
export interface RequestsMemory {
  query: string;
  operation: string;
  status: string;
  isFollowing: boolean;
  selected: number | undefined;
}

/** A tab that nobody has been at. */
export function newRequestsMemory(): RequestsMemory {
  return { query: "", operation: "", status: "", isFollowing: true, selected: undefined };
}

const statuses: Readonly<Record<string, (request: PageRequest) => boolean>> = {
  "2xx": ({ status }) => status !== null && status < 300,
  "3xx": ({ status }) => status !== null && status >= 300 && status < 400,
  "4xx": ({ status }) => status !== null && status >= 400 && status < 500,
  "5xx": ({ status }) => status !== null && status >= 500,
  "no answer": ({ status }) => status === null,
  "with a fault": ({ fault }) => fault !== null,
  "changed files": ({ changed }) => changed > 0,
};

/** The journal, live: newest last, followed or standing still. */
export function RequestsTab({ memory }: { readonly memory: RequestsMemory }) {
  const { live } = usePage();
  const version = useTopic("requests");
  const [, rerender] = useState(0);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [run] = useDeed();
  const remember = (change: Partial<RequestsMemory>): void => {
    Object.assign(memory, change);
    rerender((count) => count + 1);
  };
  const { query, operation, status, isFollowing, selected } = memory;
  const operations = useMemo(
    () => [...new Set(live.requests.map((request) => request.operation ?? "none"))].sort(),
    [version, live],
  );
  const shown = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const hasStatus = statuses[status];
    return live.requests.filter(
      (request) =>
        (operation === "" || (request.operation ?? "none") === operation) &&
        (hasStatus === undefined || hasStatus(request)) &&
        (words.length === 0 || words.every((word) => textOf(request).includes(word))),
    );
  }, [version, query, operation, status, live]);
  const at = useMemo(() => shown.findIndex(({ seq }) => seq === selected), [shown, selected]);
  const pick = (index: number, isToOpen: boolean): void => {
    const request = shown[index];
    if (request === undefined) return;
    if (isToOpen) setPanelOpen(true);
    remember({ selected: request.seq, isFollowing: memory.isFollowing && index === shown.length - 1 });
  };
  const chosen = at === -1 ? undefined : shown[at];

  const row = (index: number, place: RowPlace) => {
    const request = shown[index];
    if (request === undefined) return null;
    const { seq, method, path, fault, changed, by } = request;
    const isChosen = seq === selected;
    return (
      <div
        {...place}
        key={seq}
        class={`row request${isChosen ? " selected" : ""}`}
        role="option"
        aria-selected={isChosen}
        aria-posinset={index + 1}
        aria-setsize={shown.length}
        onClick={() => pick(index, true)}
      >
        <span class="cells">
          <span class="time wide-only">{timeOf(request.started_ms)}</span>
          <span class={`method ${method.toLowerCase()}`}>{method}</span>
          <span class="name">
            {path}
            <span class="concerned">{concerned(request)}</span>
          </span>
          {by === "page" && <span class="chip">by hand</span>}
          {fault !== null && <span class="chip fault">fault: {fault}</span>}
          {changed > 0 && <span class="chip changed wide-only">{counted(changed, "file")}</span>}
          <span class={`status ${statusClass(request)}`}>{statusText(request)}</span>
          <span class="meta duration">{durationOf(request)}</span>
        </span>
      </div>
    );
  };
  return (
    <div class={`files requests${isPanelOpen ? " panel-open" : ""}`}>
      <div class="pane">
        <div class="bar wrapping">
          <label class="search">
            <Icon name="search" />
            <input
              type="search"
              placeholder="Filter by file, address or fault"
              aria-label="Search requests"
              value={query}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => remember({ query: event.currentTarget.value })}
            />
          </label>
          <select
            aria-label="Operation"
            value={operation}
            onChange={(event) => remember({ operation: event.currentTarget.value })}
          >
            <option value="">All operations</option>
            {operations.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <select
            aria-label="Status"
            value={status}
            onChange={(event) => remember({ status: event.currentTarget.value })}
          >
            <option value="">Any status</option>
            {Object.keys(statuses).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <button type="button" aria-pressed={isFollowing} onClick={() => remember({ isFollowing: !isFollowing })}>
            Follow
          </button>
          <button
            type="button"
            class="ghost"
            disabled={live.requests.length === 0}
            onClick={() => void run(() => control("DELETE", "requests"))}
          >
            Clear
          </button>
        </div>
        {shown.length === 0 ? (
          <p class="empty">
            {live.requests.length === 0
              ? "Nothing has been asked yet. Requests show here as they come."
              : "No request is like that."}
          </p>
        ) : (
          <div class="tree">
            <VirtualList
              role="listbox"
              label="Requests"
              count={shown.length}
              rowHeight={ROW}
              active={at === -1 ? shown.length - 1 : at}
              isFollowing={isFollowing}
              onEnd={(isAtEnd) => {
                if (isAtEnd !== memory.isFollowing && (!isAtEnd || at === -1)) remember({ isFollowing: isAtEnd });
              }}
              onActive={(index) => pick(index, false)}
              onKey={(event, index) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                pick(index, true);
              }}
              row={row}
            />
          </div>
        )}
        <p class="foot" role="status">
          {shown.length === live.requests.length
            ? counted(shown.length, "request")
            : `${shown.length.toLocaleString("en")} of ${counted(live.requests.length, "request")}`}
        </p>
      </div>
      <section class="panel" aria-label="Request">
        {chosen === undefined ? (
          <div class="welcome">
            <h2>Pick a request</h2>
            <p>
              You see its body and its answer, how long it took, the fault and the dialect that shaped it, and what it
              changed.
            </p>
          </div>
        ) : (
          <RequestPanel request={chosen} onBack={() => setPanelOpen(false)} />
        )}
      </section>
    </div>
  );
}

/** The files that a request is about, where its address does not say so. */
function concerned({ path, paths, operation }: PageRequest): string {
  if (operation === "download") return "";
  const [first, ...more] = paths.filter((one) => one !== "" && !path.endsWith(one));
  return first === undefined ? "" : more.length === 0 ? first : `${first} and ${String(more.length)} more`;
}

const texts = new WeakMap<PageRequest, string>();

function textOf(request: PageRequest): string {
  const known = texts.get(request);
  if (known !== undefined) return known;
  const { method, path, paths, fault, operation, status } = request;
  const text = [method, path, ...paths, fault ?? "", operation ?? "", String(status ?? "")].join("\n").toLowerCase();
  texts.set(request, text);
  return text;
}

/** A status as it is shown. */
export function statusText({ status, ended_ms }: PageRequest): string {
  return status === null ? (ended_ms === null ? "…" : "cut") : String(status);
}

/** What kind of status it is. */
export function statusClass({ status, ended_ms }: PageRequest): string {
  if (status === null) return ended_ms === null ? "waiting" : "bad";
  return status < 400 ? "good" : "bad";
}

/** How long a request took. */
export function durationOf({ started_ms, ended_ms }: PageRequest): string {
  if (ended_ms === null) return "under way";
  const ms = ended_ms - started_ms;
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
