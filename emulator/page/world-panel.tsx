import { useEffect, useState } from "preact/hooks";
import { control } from "./doors";
import { useAnswer, useDeed, usePage, useTopic } from "./hooks";

const steps = [
  ["+1 minute", 60_000],
  ["+1 hour", 3_600_000],
  ["+1 day", 86_400_000],
] as const;

/** The emulator's clock, and the way back to its beginning. */
export function WorldPanel() {
  const { say, ask } = usePage();
  const settings = useTopic("settings");
  const [run, isBusy] = useDeed();
  const now = useAnswer(async () => {
    const { now: told } = await control<{ now: string }>("GET", "health");
    return { ahead: Date.parse(told) - Date.now() };
  }, [settings]);
  const reset = async (): Promise<void> => {
    const isYes = await ask({
      title: "Reset the emulator?",
      text: "It will be as it was started: the files of its seed, its first dialect and faults, the machine's time, and an empty journal.",
      deed: "Reset emulator",
      isDangerous: true,
    });
    if (!isYes) return;
    await run(async () => {
      await control("POST", "reset");
      say("The emulator is as it was started");
    });
  };
  return (
    <>
      <section class="card" aria-labelledby="clock-title">
        <h2 id="clock-title">Clock</h2>
        <p class="quiet">Let time pass for tokens, signed addresses and time stamps.</p>
        <p class="clock">{now === undefined ? "…" : <Ticking ahead={now.ahead} />}</p>
        <div class="deeds">
          {steps.map(([label, ms]) => (
            <button
              key={label}
              type="button"
              disabled={isBusy}
              onClick={() => void run(() => control("POST", "clock", { advance_ms: ms }))}
            >
              {label}
            </button>
          ))}
        </div>
      </section>
      <section class="card" aria-labelledby="reset-title">
        <h2 id="reset-title">Start over</h2>
        <p class="quiet">Back to how it was started. To go back to a moment of your own, set a mark under “Changes”.</p>
        <div class="deeds">
          <button type="button" class="danger-quiet" disabled={isBusy} onClick={() => void reset()}>
            Reset…
          </button>
        </div>
      </section>
    </>
  );
}

function Ticking({ ahead }: { readonly ahead: number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      tick((count) => count + 1);
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const seconds = Math.round(ahead / 1000);
  const there = new Date(Date.now() + ahead);
  return (
    <>
      <time dateTime={there.toISOString()}>
        {there.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })}
      </time>
      <span class="quiet">{Math.abs(seconds) < 2 ? " the machine's time" : ` ${inWords(seconds)} ahead`}</span>
    </>
  );
}

function inWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)} ${unit}`)
    .join(" ");
}
