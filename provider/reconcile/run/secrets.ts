/** Shorter ones would be found in words that have nothing to do with them. */
const SHORTEST = 3;

/** What the program marks as secret of its declarations: the engine hands it over in clear, and shows it to nobody. */
export class Secrets {
  readonly #values = new Set<string>();

  /** Notes every text that is anywhere inside. */
  note(value: unknown): void {
    if (typeof value === "string" && value.length >= SHORTEST) this.#values.add(value);
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) this.note(inner);
  }

  /** The same text without any of it. */
  hide(text: string): string {
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((said, value) => said.replaceAll(value, "[secret]"), text);
  }
}
