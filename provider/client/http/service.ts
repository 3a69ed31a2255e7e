import type { Clock } from "../options";
import { StoreProfile } from "../store-profile";
import { RetryBudget } from "./budget";
import { Gate } from "./gate";

/** What all clients of one base URL share in a process. */
export interface Service {
  /** Passed by every request. */
  readonly gate: Gate;
  /** What is known of how it answers. */
  readonly profile: StoreProfile;
  /** How often requests may still be repeated; one for all services. */
  readonly budget: RetryBudget;
}

interface Memory {
  readonly services: Map<string, Service>;
  readonly budget: RetryBudget;
}

// Hung on the clock, so that a test with a clock of its own has a process of its own.
const memories = new WeakMap<Clock, Memory>();

/** The one service of a base URL in this process. */
export function serviceOf(clock: Clock, baseUrl: string): Service {
  let memory = memories.get(clock);
  if (memory === undefined) memories.set(clock, (memory = { services: new Map(), budget: new RetryBudget() }));
  let service = memory.services.get(baseUrl);
  if (service === undefined) {
    service = {
      gate: new Gate(clock, Number.MAX_SAFE_INTEGER),
      profile: new StoreProfile(),
      budget: memory.budget,
    };
    memory.services.set(baseUrl, service);
  }
  return service;
}
