import type { LastActs } from "./end-of-program";

type Listener = (code: number) => void;

/**
 * Runs the last acts of a program that the CLI runs in a process of its own. Node says `beforeExit` whenever a process has nothing to do
 * any more: no timer, no request, no call of the engine. What an act sets going keeps the process alive until it is done, and then
 * Node says it again.
 *
 * Pulumi uses the same event to tell the engine that the program has ended: at the first one its handler makes way for others, by
 * registering the one that tells at the end of that turn. That one is taken out until the last acts are done.
 */
export function runAtEndOfProcess(acts: LastActs): void {
  const failure = { seen: false };
  const fail = (): void => {
    failure.seen = true;
  };
  process.on("uncaughtExceptionMonitor", fail);
  // Only where someone else listens as well: to be the only one would change what Node does of it.
  if (process.listenerCount("unhandledRejection") > 0) process.on("unhandledRejection", fail);

  let isFirst = true;
  let isSweeping = false;
  const parked: Listener[] = [];
  const listeners = (): Listener[] => process.listeners("beforeExit");

  const finish = (code: number): void => {
    process.off("beforeExit", onIdle);
    process.off("uncaughtExceptionMonitor", fail);
    process.off("unhandledRejection", fail);
    for (const listener of parked) {
      process.on("beforeExit", listener);
      // This time Node has asked its listeners already.
      listener.call(process, code);
    }
  };

  const onIdle = (code: number): void => {
    if (isFirst) {
      isFirst = false;
      const before = new Set(listeners());
      process.nextTick(() => {
        parked.push(...listeners().filter((listener) => !before.has(listener)));
        for (const listener of parked) process.off("beforeExit", listener);
      });
    }
    if (isSweeping || code !== 0 || failure.seen || acts.hasFailed) {
      // The parking is done by now, or about to be.
      process.nextTick(finish, code);
      return;
    }
    const act = acts.next();
    if (typeof act !== "string") {
      isSweeping = true;
      if (act.length === 0) process.nextTick(finish, code);
    }
  };
  process.on("beforeExit", onIdle);
}
