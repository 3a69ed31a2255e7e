import type { Declared } from "../../plugin/world";
import { pick } from "../fuzz/mutations";

type Random = () => number;

const DIRECTORIES = ["", "a", "a/b", "c", "d/e/f", "g"];
const HIDDEN = ["PUBLIC", "PRIVATE"] as const;

/** A path that no file of the program has. */
export function freePath(random: Random, program: ReadonlyMap<string, Declared>): string {
  const taken = new Set([...program.values()].map(({ path }) => path));
  for (;;) {
    const directory = pick(random, DIRECTORIES);
    const name = `${String(Math.floor(random() * 60))}.txt`;
    const path = directory === "" ? name : `${directory}/${name}`;
    if (!taken.has(path)) return path;
  }
}

/** Edits a program as its author might: a few files change place, name, visibility or content, some trade places. */
export function editProgram(random: Random, program: Map<string, Declared>): void {
  const files = [...program.values()];
  const edits = 3 + Math.floor(random() * 10);
  for (let edit = 0; edit < edits; edit += 1) {
    const file = pick(random, files);
    const other = pick(random, files);
    const roll = random();
    if (roll < 0.3) file.path = freePath(random, program);
    else if (roll < 0.45) {
      const { path } = file;
      const renamed = `${path.slice(0, path.lastIndexOf("/") + 1)}renamed-${String(Math.floor(random() * 1e6))}.txt`;
      file.path = renamed;
    } else if (roll < 0.65) [file.path, other.path] = [other.path, file.path];
    else if (roll < 0.9 || file.text === undefined) file.visibility = pick(random, HIDDEN);
    else file.text = `content ${String(Math.floor(random() * 1e9))}`;
  }
}
