/** What an experiment found out of the service. */
export interface Answer {
  /** The question's stable name: a switch of `mediasaur-emulator`, so that it can be told to answer alike. */
  readonly name: string;
  /** For people. */
  readonly question: string;
  /** The emulator's value for it; `undefined` where it could not be found out. */
  readonly answer: string | undefined;
  /** What was seen, or why nothing was. */
  readonly detail?: string;
}

/** Every question, in the order in which they are shown. */
export const QUESTIONS = {
  "object.path": "What does `path` of a file hold?",
  "list.filter": "What does `path` of a listing filter by?",
  "list.max_limit": "How many rows has a page at most?",
  "error.missing": "With what is a file answered that is not there?",
  consistency: "How soon is a write seen?",
  "upload.bucket_field": "Where does an upload name its bucket?",
  "upload.answer": "With what is an upload answered?",
  "upload.default_visibility": "Who may see a new file?",
  "upload.conflict": "What does an upload to a taken path do?",
  "upload.token": "How often is an upload token good?",
  "upload.token_prefix": "How does an upload token begin?",
  "patch.name": "What does a new name change?",
  "patch.path": "What does `path` of an update mean?",
  "patch.answer": "With what is an update answered?",
  "patch.multi": "Are several properties changed together?",
  "move.id": "Does a file keep its id when it moves?",
  "move.answer": "With what is a move answered?",
  "move.conflict": "What does a move to a taken path do?",
  "move.root": "How is the root written as a target?",
  "copy.target": "What does `target_path` of a copy mean?",
  "copy.answer": "With what is a copy answered?",
  "copy.visibility": "Who may see a copy?",
  "copy.conflict": "What does a copy to a taken path do?",
  "delete.answer": "With what is a deletion answered?",
  "delete.kind": "What is left of a deleted file?",
  "delete.repeat": "With what is a second deletion answered?",
  "path.case": "Have paths a case?",
  "path.sanitise": "What becomes of odd names?",
} as const;

/** The name of a question. */
export type Question = keyof typeof QUESTIONS;
