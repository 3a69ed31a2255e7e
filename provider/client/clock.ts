import type { Clock } from "./options";

/** The real time. One object for the process: what is remembered of a service hangs on it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
