import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ChangesTab, newChangesMemory } from "./changes-tab";
import { DialectPanel } from "./dialect-panel";
import { QuestionDialog } from "./dialog";
import { FaultsPanel } from "./faults-panel";
import { FilesTab, newFilesMemory } from "./files-tab";
import { Page, usePage, useTopic, type PageContext, type Question } from "./hooks";
import { Icon } from "./icons";
import type { Live } from "./live";
import { newRequestsMemory, RequestsTab } from "./requests-tab";
import { WorldPanel } from "./world-panel";

const tabs = [
  ["files", "Files"],
  ["requests", "Requests"],
  ["changes", "Changes"],
  ["faults", "Faults & dialects"],
] as const;
type Tab = (typeof tabs)[number][0];

const SAID_MS = 5000;

interface Said {
  readonly text: string;
  readonly isError: boolean;
}

/** The whole page. */
export function App({ live }: { readonly live: Live }) {
  const [tab, setTab] = useState<Tab>(tabFromAddress);
  const [said, setSaid] = useState<Said>();
  const [asked, setAsked] = useState<{ question: Question; answer: (isYes: boolean) => void }>();
  const memory = useRef({
    files: newFilesMemory(),
    requests: newRequestsMemory(),
    changes: newChangesMemory(),
  }).current;

  useEffect(() => {
    if (said === undefined || said.isError) return undefined;
    const timer = setTimeout(() => {
      setSaid(undefined);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  useEffect(() => {
    const follow = (): void => {
      setTab(tabFromAddress());
    };
    addEventListener("hashchange", follow);
    return () => {
      removeEventListener("hashchange", follow);
    };
  }, []);
  const show = useCallback((next: Tab) => {
    setTab(next);
    history.replaceState(null, "", `#${next}`);
  }, []);
  const context = useMemo<PageContext>(
    () => ({
      live,
      say: (text, isError = false) => {
        setSaid({ text, isError });
      },
      ask: (question) =>
        new Promise((resolve) => {
          setAsked({
            question,
            answer: (isYes) => {
              setAsked(undefined);
              resolve(isYes);
            },
          });
        }),
      showRequests: (path) => {
        Object.assign(memory.requests, { ...newRequestsMemory(), query: path });
        show("requests");
      },
    }),
    [live, memory, show],
  );

  return (
    <Page.Provider value={context}>
      <header class="top">
        <h1>
          <img src="/_emulator/ui/icon.svg" alt="" width="24" height="24" />
          <span>
            Mediasaur <span class="quiet">emulator</span>
          </span>
        </h1>
        <Tabs tab={tab} onTab={show} />
        <Connection />
      </header>
      <Lost />
      <main>
        <div class="tab-panel" role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
          <Loaded>
            {tab === "files" && <FilesTab memory={memory.files} />}
            {tab === "requests" && <RequestsTab memory={memory.requests} />}
            {tab === "changes" && <ChangesTab memory={memory.changes} />}
            {tab === "faults" && (
              <div class="cards">
                <div class="cards-side">
                  <FaultsPanel />
                  <WorldPanel />
                </div>
                <DialectPanel />
              </div>
            )}
          </Loaded>
        </div>
      </main>
      <div class="said" role="status" aria-live="polite">
        {said !== undefined && !said.isError && <p>{said.text}</p>}
      </div>
      <div class="said" role="alert">
        {said?.isError === true && (
          <p class="error">
            {said.text}
            <button
              type="button"
              class="ghost"
              aria-label="Put the message away"
              onClick={() => {
                setSaid(undefined);
              }}
            >
              <Icon name="close" />
            </button>
          </p>
        )}
      </div>
      {asked !== undefined && <QuestionDialog question={asked.question} onAnswer={asked.answer} />}
    </Page.Provider>
  );
}

function tabFromAddress(): Tab {
  return tabs.find(([name]) => location.hash === `#${name}`)?.[0] ?? "files";
}

function Tabs({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex(([name]) => name === tab);
  return (
    <div
      ref={list}
      class="tabs"
      role="tablist"
      aria-label="Parts of the page"
      onKeyDown={(event) => {
        const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const next = tabs[(at + step + tabs.length) % tabs.length];
        if (next === undefined) return;
        onTab(next[0]);
        list.current?.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus();
      }}
    >
      {tabs.map(([name, label]) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === tab}
          aria-controls="panel"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => {
            onTab(name);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Connection() {
  useTopic("connection");
  const { live } = usePage();
  const words = { loading: "Connecting", live: "Live", lost: "Not connected" }[live.connection];
  return (
    <span class={`connection ${live.connection}`} title={words}>
      <span class="dot" aria-hidden="true" />
      <span class="connection-words">{words}</span>
    </span>
  );
}

function Lost() {
  useTopic("connection");
  const { live } = usePage();
  return (
    <div role="alert">
      {live.connection === "lost" && (
        <p class="lost">The emulator does not answer. This page goes on by itself once it is there again.</p>
      )}
    </div>
  );
}

function Loaded({ children }: { readonly children: ComponentChildren }) {
  useTopic("connection");
  const { live } = usePage();
  return live.connection === "loading" ? (
    <p class="loading" role="status">
      Loading…
    </p>
  ) : (
    <>{children}</>
  );
}
