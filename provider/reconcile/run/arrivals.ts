import { createHash } from "node:crypto";
import { appendFileSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes; of a longer file the older half is forgotten. */
const LONGEST = 4 * 2 ** 20;

/**
 * Which files this machine's runs have brought to the places of declarations, noted before they come there.
 *
 * State learns of a file that is adopted by its path, copied or uploaded only when it is in its place. A run that is killed right
 * then leaves a file of which nothing in the bucket says whose it is: it looks like any stranger's. That it was brought there is
 * known by this note alone, and without it nothing is taken over. A note is a digest: it tells no path and no id. It never
 * becomes untrue, as a file keeps its id.
 */
export class Arrivals {
  #noted: Set<string> | undefined;

  /**
   * @param service - the address of the service that the files are in
   * @param folder - where notes are kept
   */
  constructor(
    private readonly service: string,
    private readonly folder: string = join(tmpdir(), `pulumi-mediasaur-${String(process.getuid?.() ?? "notes")}`),
  ) {}

  /**
   * Notes that a file comes to a place.
   *
   * @param what - what the declaration asks for there, in one line: the file to adopt, or the content that is made
   */
  note(bucket: string, path: string, what: string, fileId: string): void {
    const line = this.#line(bucket, path, what, fileId);
    const noted = this.#read();
    if (noted.has(line)) return;
    noted.add(line);
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      if (this.#isOurs()) appendFileSync(this.#file, `${line}\n`, { mode: 0o600 });
    } catch {
      // Without the note an interrupted run is told as what may be a stranger's file.
    }
  }

  /** Whether a run of this machine brought this file to that place, for that. */
  isNoted(bucket: string, path: string, what: string, fileId: string): boolean {
    return this.#read().has(this.#line(bucket, path, what, fileId));
  }

  get #file(): string {
    return join(this.folder, "arrivals");
  }

  #line(...what: string[]): string {
    return createHash("sha256")
      .update([this.service, ...what].join("\0"))
      .digest("hex")
      .slice(0, 40);
  }

  #read(): Set<string> {
    if (this.#noted !== undefined) return this.#noted;
    let text = "";
    try {
      if (this.#isOurs()) text = readFileSync(this.#file, "utf8");
      if (text.length > LONGEST) {
        text = text.slice(text.indexOf("\n", text.length / 2) + 1);
        writeFileSync(this.#file, text, { mode: 0o600 });
      }
    } catch {
      // None yet.
    }
    return (this.#noted = new Set(text.split("\n")));
  }

  /** Whether the folder is this user's: others could have put anything into one of theirs. */
  #isOurs(): boolean {
    const found = lstatSync(this.folder);
    return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  }
}
