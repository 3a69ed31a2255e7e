import { splitPath, TEMPORARY_PREFIX } from "../model/paths";
import { parkingDirectory, temporaryName } from "../model/temporary-paths";
import { placeFolding } from "../model/case-folding";
import type { LayoutFile, LayoutGoal, LayoutProblem } from "./types";

/** No file, no place, no directory. */
export const NONE = -1;

/** One file that changes or is to be deleted, in numbers: directories, names and places are indexes. */
export interface Mover {
  /** Its index among the movers. */
  readonly index: number;
  readonly file: LayoutFile;
  /** `undefined`: the file is to be deleted, and moves only where it is in the way. */
  readonly goal: LayoutGoal | undefined;
  readonly fromDirectory: number;
  readonly toDirectory: number;
  readonly oldName: number;
  readonly newName: number;
  readonly moves: boolean;
  readonly renames: boolean;
  readonly tightens: boolean;
  readonly loosens: boolean;
  readonly from: number;
  readonly to: number;
  /** The new name in the old directory, for a file that changes both; else none. */
  readonly renamed: number;
  /** The old name in the new directory, for a file that changes both; else none. */
  readonly moved: number;
}

/** A layout in numbers. Places are compared as the store may compare them (see {@link placeFolding}). */
export class Model {
  readonly movers: Mover[] = [];
  /** Places that are held for good: by strangers, and by managed files that stay. */
  readonly fixed: number[] = [];
  readonly directories: string[] = [];
  readonly names: string[] = [];
  readonly bulkSize: number;
  /** How many ids are to be deleted. */
  readonly deletes: readonly string[];
  private readonly fold: (text: string) => string;
  private readonly directoryIndexes = new Map<string, number>();
  private readonly nameIndexes = new Map<string, number>();
  private readonly foldedIndexes = new Map<string, number>();
  private readonly foldedDirectories: number[] = [];
  private readonly foldedNames: number[] = [];
  private readonly places: Map<number, number>[] = [];
  private count = 0;
  private readonly parkingBase: string;

  constructor(problem: LayoutProblem) {
    this.bulkSize = problem.bulkSize ?? 100;
    if (!Number.isInteger(this.bulkSize) || this.bulkSize < 1) throw new RangeError("bulkSize has to be 1 or more");
    const strangers = [...(problem.strangers ?? [])];
    this.fold = placeFolding([...problem.files.map((file) => file.path), ...strangers]);
    this.deletes = [...new Set(problem.deletes)];
    const deleted = new Set(this.deletes);
    let first: string | undefined;
    for (const file of problem.files) {
      if (first === undefined || file.id < first) first = file.id;
      const goal = problem.goals.get(file.id);
      const mover = this.mover(file, goal);
      if (deleted.has(file.id) || mover.moves || mover.renames) this.movers.push(mover);
      else {
        this.fixed.push(mover.from);
        if (mover.tightens || mover.loosens) this.movers.push(mover);
      }
    }
    this.parkingBase = parkingDirectory(first ?? "");
    for (const path of strangers) {
      const { directory, name } = splitPath(path);
      // A stranger matters only where a file of this layout may come: where both its parts are known, or are temporary.
      const known = this.foldedIndexes.has(this.fold(directory)) && this.foldedIndexes.has(this.fold(name));
      if (known || path.includes(TEMPORARY_PREFIX)) {
        this.fixed.push(this.place(this.directory(directory), this.name(name)));
      }
    }
  }

  /** How many places are known so far; parking and temporary names add to them. */
  get placeCount(): number {
    return this.count;
  }

  directory(path: string): number {
    return this.intern(path, this.directoryIndexes, this.directories, this.foldedDirectories);
  }

  name(name: string): number {
    return this.intern(name, this.nameIndexes, this.names, this.foldedNames);
  }

  place(directory: number, name: number): number {
    const names = (this.places[this.foldedDirectories[directory] ?? 0] ??= new Map<number, number>());
    const key = this.foldedNames[name] ?? 0;
    const known = names.get(key);
    if (known !== undefined) return known;
    names.set(key, this.count);
    return this.count++;
  }

  /** The `index`th directory in which files of this layout wait; no other layout has it, as none has the same file. */
  parking(index: number): number {
    return this.directory(`${this.parkingBase}/${index + 1}`);
  }

  /** A name that is known nowhere in the bucket, the same for the same file at every try. */
  temporaryName(mover: Mover): number {
    const base = temporaryName(mover.file.id, this.names[mover.newName] ?? "");
    let name = base;
    for (let n = 2; this.names[mover.oldName] === name || this.takenNames().has(name); n++) name = `${base}-${n}`;
    return this.name(name);
  }

  private taken: Set<string> | undefined;

  private takenNames(): Set<string> {
    return (this.taken ??= new Set(this.names));
  }

  private mover(file: LayoutFile, goal: LayoutGoal | undefined): Mover {
    const old = splitPath(file.path);
    const fromDirectory = this.directory(old.directory);
    const oldName = this.name(old.name);
    const from = this.place(fromDirectory, oldName);
    const next = goal === undefined ? undefined : splitPath(goal.path);
    const toDirectory = next === undefined ? NONE : this.directory(next.directory);
    const newName = next === undefined ? NONE : this.name(next.name);
    const moves = next !== undefined && toDirectory !== fromDirectory;
    const renames = next !== undefined && newName !== oldName;
    const changes = goal?.visibility !== undefined && goal.visibility !== file.visibility;
    return {
      index: this.movers.length,
      file,
      goal,
      fromDirectory,
      oldName,
      from,
      toDirectory,
      newName,
      moves,
      renames,
      tightens: changes && goal.visibility === "PRIVATE",
      loosens: changes && goal.visibility === "PUBLIC",
      to: next === undefined ? NONE : this.place(toDirectory, newName),
      renamed: moves && renames ? this.place(fromDirectory, newName) : NONE,
      moved: moves && renames ? this.place(toDirectory, oldName) : NONE,
    };
  }

  private intern(text: string, indexes: Map<string, number>, texts: string[], foldedOf: number[]): number {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    const key = this.fold(text);
    let folded = this.foldedIndexes.get(key);
    if (folded === undefined) this.foldedIndexes.set(key, (folded = this.foldedIndexes.size));
    indexes.set(text, texts.length);
    texts.push(text);
    foldedOf.push(folded);
    return texts.length - 1;
  }
}
