import { randomUUID } from "node:crypto";
import { PartialFailure } from "./partial-failure";

/** A state that says which life of its resource it is of. */
interface Living {
  /**
   * Made when the resource was created, and kept until it is deleted. A replacement of a resource is another life: where it takes over
   * the same file, that stays when the old life ends. State of the first releases has none.
   */
  readonly __life?: string;
}

/** The mark of a resource that is about to be created. */
export function newLife(): string {
  return randomUUID().slice(0, 8);
}

/**
 * By what a resource of state is known in a run.
 *
 * @param otherwise - what is its own where the state is of the first releases
 */
export function identityOf({ __life }: Living, otherwise: string): string {
  return __life ?? otherwise;
}

/** A state with its life's mark. */
export function living<State extends Living>(state: State, life: string | undefined): State {
  return life === undefined ? state : { ...state, __life: life };
}

/** What work reaches, with its life's mark, also where it stops half-way. */
export async function reachedIn<State extends Living>(
  life: string | undefined,
  reaching: Promise<State>,
): Promise<State> {
  try {
    return living(await reaching, life);
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw new PartialFailure(error.id, living(error.state as State, life), error.message, error.cause);
  }
}
