import { createContext } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "./doors";
import type { Live, Topic } from "./live";

/** What every part of the page works with. */
export interface PageContext {
  readonly live: Live;
  /** Says something for a moment; an error stays until it is put away. */
  readonly say: (text: string, isError?: boolean) => void;
  /** Asks before something is done; resolves to whether it is to be. */
  readonly ask: (question: Question) => Promise<boolean>;
  /** Shows the requests that concern a path. */
  readonly showRequests: (path: string) => void;
}

/** A question before a deed. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** The deed, as the button has it. */
  readonly deed: string;
  readonly isDangerous?: boolean;
}

/** Where parts find it. */
export const Page = createContext<PageContext | undefined>(undefined);

/** The page's context. */
export function usePage(): PageContext {
  const page = useContext(Page);
  if (page === undefined) throw new Error("a part outside of the page");
  return page;
}

/** Renders anew when something of a topic has happened, at most once a frame; gives how often it has. */
export function useTopic(topic: Topic): number {
  const { live } = usePage();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let frame = 0;
    const end = live.on(topic, () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setCount((before) => before + 1);
      });
    });
    return () => {
      end();
      cancelAnimationFrame(frame);
    };
  }, [live, topic]);
  return count;
}

/** Runs deeds: tells what failed, and whether one is under way. */
export function useDeed(): readonly [run: (deed: () => Promise<unknown>) => Promise<boolean>, isBusy: boolean] {
  const { say } = usePage();
  const [busy, setBusy] = useState(0);
  const run = useCallback(
    async (deed: () => Promise<unknown>) => {
      setBusy((count) => count + 1);
      try {
        await deed();
        return true;
      } catch (error) {
        say(error instanceof Refused || error instanceof Error ? error.message : String(error), true);
        return false;
      } finally {
        setBusy((count) => count - 1);
      }
    },
    [say],
  );
  return [run, busy > 0];
}

/** What a question to the emulator gives, asked again when `keys` change; what is late for older keys is dropped. */
export function useAnswer<Answer>(ask: () => Promise<Answer>, keys: readonly unknown[]): Answer | undefined {
  const [answer, setAnswer] = useState<Answer>();
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    ask().then(
      (found) => {
        if (mine === turn.current) setAnswer(found);
      },
      () => {
        if (mine === turn.current) setAnswer(undefined);
      },
    );
  }, keys);
  return answer;
}

/** Whether the page is narrow, as the style sheet has it. */
export function useNarrow(): boolean {
  const [media] = useState(() => matchMedia("(max-width: 820px)"));
  const [isNarrow, setNarrow] = useState(media.matches);
  useEffect(() => {
    const look = (): void => {
      setNarrow(media.matches);
    };
    media.addEventListener("change", look);
    return () => {
      media.removeEventListener("change", look);
    };
  }, [media]);
  return isNarrow;
}
