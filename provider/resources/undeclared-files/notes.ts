import { mediasaurError } from "../../client";
import type { DeclarationKey, FilePlace } from "../../reconcile/run/ownership";

/** A file that state holds for a declaration that this run has not registered. */
export interface HeldFile extends FilePlace {
  readonly bucket: string;
}

/** What the program tells of the run, beside what it declares: for this run only, never kept. */
export interface RunNotes {
  /** Every declaration of the program. */
  readonly roster?: readonly DeclarationKey[];
  /** Files of declarations that state has and this run does not: they are undeclared from the next run on. */
  readonly held?: readonly HeldFile[];
  /** Why the program does not know all that it declares, where it does not. */
  readonly incomplete?: string;
  /** The paths that the program had declared by the time it declared a layout. */
  readonly declaredSoFar?: readonly string[];
}

/** The name of the input that the notes come in: a text, as the engine takes its time over each value of an object. */
export const NOTES = "__run";

/** Reads the notes. */
export function readNotes(text: unknown): RunNotes {
  if (text === undefined || text === null || text === "") return {};
  try {
    if (typeof text === "string") return JSON.parse(text) as RunNotes;
  } catch {
    // Told below.
  }
  throw mediasaurError({
    code: "invalid_declaration",
    message: "what the program says of its own run can't be read: are two versions of pulumi-mediasaur in use?",
  });
}

/** Takes the notes out of inputs that are about to be kept. */
export function takeNotes(inputs: Record<string, unknown>): RunNotes {
  const notes = readNotes(inputs[NOTES]);
  // What check leaves in its inputs goes to state.
  Reflect.deleteProperty(inputs, NOTES);
  return notes;
}
