import { linesOf } from "../../model/effect-lines";
import { withoutPaths, type Plan } from "../../model/effects";
import { displayName } from "./claims";

/** What a line is about, so that it is shown with the resource that it belongs to. */
export interface About {
  readonly resource: "ManagedFile" | "FileLayout";
  /** The declaration, as the SDK names it. */
  readonly declaration: string;
}

/** How a line is shown: with a declaration, or with the stack. */
export type Showing = Partial<About> & {
  /** A line that the next one takes the place of, and of which nothing stays. */
  readonly ephemeral?: boolean;
};

/** Shows one line to the user. Gives a promise where showing takes a moment. */
export type Say = (message: string, about?: Showing) => void | Promise<void>;

/** What a run hands over to a program that draws it, one thing at a time. */
export type Entry =
  | ({ readonly kind: "plan" } & Plan)
  | { readonly kind: "warning"; readonly name?: string; readonly text: string }
  | { readonly kind: "refusal"; readonly name: string; readonly text: string };

/** Takes what is handed over; nobody may be there to take it. */
export type Hand = (entry: Entry) => void;

/** Where declarations tell what they would do: to people in lines, and as it is to whoever draws it. The same only once in a run. */
export class Effects {
  readonly #told = new Set<string>();
  #files = 0;

  constructor(
    private readonly say: Say,
    private readonly hand: Hand,
  ) {}

  /**
   * Tells what a declaration would do. One that would do nothing is not told.
   *
   * @param plan - of a resource that the engine is about to create, update, replace or delete
   * @param isSecret - that the program marks a path of it as a secret
   */
  async tell(declaration: string, plan: Omit<Plan, "name">, isSecret = false): Promise<void> {
    const whole: Plan = { ...plan, name: displayName(declaration) };
    const told = isSecret ? withoutPaths(whole) : whole;
    const lines = linesOf(told);
    if (lines.length === 0) return;
    const key = `${declaration}\n${lines.join("\n")}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    if (plan.resource === "ManagedFile") this.#files += 1;
    this.hand({ kind: "plan", ...told });
    await this.say(lines.join("\n"), { resource: plan.resource, declaration });
  }

  /** How many ManagedFiles have told what they would do. */
  get files(): number {
    return this.#files;
  }

  /** Hands a warning over that people are shown. */
  warned(text: string, about: Showing | undefined): void {
    const { declaration } = about ?? {};
    this.hand({ kind: "warning", ...(declaration === undefined ? {} : { name: displayName(declaration) }), text });
  }

  /** Hands over why a declaration is refused. */
  refused(declaration: string, text: string): void {
    this.hand({ kind: "refusal", name: displayName(declaration), text });
  }
}
