import { messageOf } from "../../message";
import { QUESTIONS, type Answer, type Question } from "./answer";
import { Interrupted } from "./interrupted";

/** What was found out so far, and what went wrong on the way. */
export class Notebook {
  /** One line for each experiment that failed. */
  readonly problems: string[] = [];
  readonly #told = new Map<Question, Pick<Answer, "answer" | "detail">>();

  constructor(private readonly onStep: (what: string) => void) {}

  /** Every question, with its answer where there is one. */
  get answers(): Answer[] {
    const names = Object.keys(QUESTIONS) as Question[];
    return names.map((name) => ({
      name,
      question: QUESTIONS[name],
      ...(this.#told.get(name) ?? { answer: undefined }),
    }));
  }

  /** Whether a question has been looked into. */
  knows(name: Question): boolean {
    return this.#told.has(name);
  }

  /** The answer to a question, where there is one. */
  answerTo(name: Question): string | undefined {
    return this.#told.get(name)?.answer;
  }

  /**
   * Answers a question.
   *
   * @param answer - `undefined` where nothing that was seen is an answer
   * @param detail - what was seen
   */
  tell(name: Question, answer: string | undefined, detail?: string): void {
    this.#told.set(name, { answer, ...(detail === undefined ? {} : { detail }) });
  }

  /** Runs one experiment. One that fails leaves its questions open, and does not keep the others from being made. */
  async attempt(what: string, work: () => Promise<void>): Promise<void> {
    this.onStep(what);
    try {
      await work();
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      this.problems.push(`${what}: ${messageOf(error)}`);
    }
  }
}
