const CODES = { green: 32, yellow: 33, red: 31, dim: 2, bold: 1 } as const;

/** A way to write a text on a terminal. */
export type Style = keyof typeof CODES;

/** Writes in colour where the stream is a terminal and nobody asked for none (https://no-color.org). */
export function painter(stream: NodeJS.WriteStream): (style: Style, text: string) => string {
  const plain = !stream.isTTY || (process.env["NO_COLOR"] ?? "") !== "" || process.env["TERM"] === "dumb";
  return (style, text) => (plain ? text : `\u001b[${CODES[style]}m${text}\u001b[0m`);
}

/** The width to wrap at; a file or a pipe gets whole lines. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(60, stream.columns) : Infinity;
}

/** One line on a terminal that says how far something is; nothing anywhere else. */
export class Progress {
  #last = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Shows the line, at most ten times a second. */
  show(text: string): void {
    const now = Date.now();
    if (!this.stream.isTTY || now - this.#last < 100) return;
    this.#last = now;
    this.stream.write(`\r\u001b[2K${text}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.stream.isTTY && this.#last > 0) this.stream.write("\r\u001b[2K");
  }
}
