import type { FileInfo } from "../client";
import { isTemporary } from "../model/file-layout";
import type { FileReference, Source } from "../model/managed-file";
import { joinPath, splitPath } from "../model/paths";
import {
  adoptingDirectory,
  parkedFromDirectory,
  parkingDirectory,
  passageName,
  temporaryName,
} from "../model/temporary-paths";
import { adoptionProblem, type Finder } from "./references";
import type { Session } from "./run/session";
import type { Passage } from "./stages";

/** What is found of a file that is to be adopted. */
export type Adopted =
  | { readonly file: FileInfo; readonly passage?: Passage; readonly arrived?: boolean }
  | { readonly problem: string }
  /** Another declaration of the program is to bring it there. */
  | { readonly pending: string };

/** What declares that a file is taken over: at `path`, or from where `source` says. */
export interface Adopting {
  readonly path: string;
  readonly source?: Source | undefined;
}

/** A declaration, or a layout with many, for which files are found. */
export interface Adopter {
  readonly bucket: string;
  /** What is declared, by key. */
  readonly declared: Readonly<Record<string, Adopting>>;
  /** The declaration of a key, as claims know it. */
  readonly declarationOf: (key: string) => string;
  /** Whether a declaration is one of these. */
  readonly isOwn: (declaration: string) => boolean;
  /** Whether state has no file of a key. */
  readonly isNew: (key: string) => boolean;
  /** The ids that state has: none of these is anybody else's. */
  readonly inState: ReadonlySet<string>;
}

interface Journey {
  readonly from: string;
  readonly to: string;
}

/** What an adoption by path is noted as: see `run/arrivals.ts`. */
export function adoptionNote(from: string): string {
  return `adopt ${from}`;
}

/** The path that a source adopts by, where it is another than the declared one. */
export function adoptedFrom({ path, source }: Adopting): string | undefined {
  const from = source !== undefined && "adopt" in source && "path" in source.adopt ? source.adopt.path : undefined;
  return from === path ? undefined : from;
}

/**
 * Finds the files that declarations without an id in state take over. Of one that is named by its path, state learns the id only at
 * the end; what an interrupted run left is told from a stranger's file by what that run itself left: the folder that it was passing
 * through or parked in, or the note that it was brought to its place. Never by being like it.
 */
export class FindAdopted {
  readonly #journeys = new Map<string, Journey>();
  readonly #byGoal = new Map<string, string>();
  readonly #names = new Map<string, number>();

  constructor(
    private readonly session: Session,
    private readonly finder: Finder,
    private readonly adopter: Adopter,
  ) {
    for (const [key, declared] of Object.entries(adopter.declared)) {
      const from = adoptedFrom(declared);
      if (from === undefined || !adopter.isNew(key)) continue;
      const { path } = declared;
      this.#journeys.set(key, { from, to: path });
      this.#byGoal.set(path, key);
      for (const name of new Set([splitPath(from).name, splitPath(path).name])) this.#count(from, path, name, 1);
    }
  }

  /** The file that a key adopts, where it is now. */
  async find(key: string, { path, source }: Adopting): Promise<Adopted> {
    const reference = source !== undefined && "adopt" in source ? source.adopt : { path };
    const journey = this.#journeys.get(key);
    if (journey !== undefined) return this.#travelling(key, journey, reference);
    const found = "id" in reference ? await this.finder.byId(reference.id) : await this.finder.at(reference.path);
    return this.#checked(reference, found);
  }

  async #travelling(key: string, journey: Journey, reference: FileReference): Promise<Adopted> {
    const { from, to } = journey;
    const passage = this.#passage(journey, this.#isAlone(journey));
    const through = passage === undefined ? {} : { passage };

    // This run has found it before, and may have parked it since.
    const { claims } = this.session;
    const claimed = claims.fileOf(this.adopter.declarationOf(key));
    const own = claimed === undefined || claims.wasInState(claimed) ? undefined : await this.finder.byId(claimed);
    if (own !== undefined) return { file: own, ...through };

    const onTheWay = await this.#onTheWay(journey);
    const [first, second] = onTheWay;
    if (second !== undefined) return { problem: this.#unclear(from, onTheWay) };
    if (first !== undefined) return { file: first, ...through };

    const named = await this.finder.at(from);
    if (named !== undefined && this.#isFree(named) && !(await this.#cameFromElsewhere(key, from))) {
      return { file: named, ...through };
    }
    const left = await this.#leftBehind(journey);
    const holder = await this.finder.at(to);
    const { bucket } = this.adopter;
    if (
      holder !== undefined &&
      this.#isFree(holder) &&
      this.session.arrivals.isNoted(bucket, to, adoptionNote(from), holder.id)
    ) {
      left.unshift(holder);
    }
    const [found, other] = left;
    if (other !== undefined) return { problem: this.#unclear(from, left) };
    if (found !== undefined) return { file: found, arrived: true };
    const checked = this.#checked(reference, named);
    if (holder === undefined || !("problem" in checked) || named !== undefined) return checked;
    const advice = `"${to}" is held by file ${holder.id}: if that is the file, leave "source" out of the declaration`;
    return { problem: `${checked.problem}; ${advice}` };
  }

  #checked(reference: FileReference, file: FileInfo | undefined): Adopted {
    const { bucket, isOwn } = this.adopter;
    const problem = adoptionProblem(bucket, reference, file);
    if (file !== undefined && problem === undefined) return { file };
    const reason = problem ?? "there is no such file";
    const maker = "path" in reference ? this.session.claims.ownerOfPath(bucket, reference.path) : undefined;
    const made = file === undefined && maker !== undefined && !isOwn(maker);
    return made ? { pending: reason } : { problem: reason };
  }

  /** What lies where nothing but this very file is put on its way. */
  async #onTheWay({ from, to }: Journey): Promise<FileInfo[]> {
    const { bucket } = this.adopter;
    const [old, next] = [splitPath(from), splitPath(to)];
    const places = new Set([
      joinPath(parkedFromDirectory(bucket, from), old.name),
      ...[true, false].flatMap((alone) => this.#passage({ from, to }, alone) ?? []),
    ]);
    const found = [...(await this.finder.left())].filter(({ path }) => places.has(path));
    if (found.length > 0 || this.#passage({ from, to }, true) === undefined) return found;
    // By itself it has a name of its own on its way, in one of the two directories.
    const name = passageName(bucket, from, to);
    if ((await this.finder.at(from)) !== undefined) return found;
    for (const directory of [old.directory, next.directory]) {
      const file = await this.finder.at(joinPath(directory, name));
      if (file !== undefined) found.push(file);
    }
    return found;
  }

  /** Whether what is at a path has come there as another key's file, which is nowhere else. */
  async #cameFromElsewhere(key: string, path: string): Promise<boolean> {
    const other = this.#byGoal.get(path);
    if (other === undefined || other === key) return false;
    const journey = this.#journeys.get(other);
    if (journey === undefined || journey.from === path) return false;
    if ((await this.finder.at(journey.from)) !== undefined) return false;
    return (await this.#onTheWay(journey)).length === 0;
  }

  /** Whether files that take each other's names in one folder could not be told apart there. */
  #isAlone({ from, to }: Journey): boolean {
    const names = [splitPath(from).name, splitPath(to).name];
    return this.#journeys.size === 1 || names.some((name) => this.#count(from, to, name, 0) > 1);
  }

  #passage({ from, to }: Journey, alone: boolean): Passage | undefined {
    const [old, next] = [splitPath(from), splitPath(to)];
    if (old.directory === next.directory || old.name === next.name) return undefined;
    const { bucket } = this.adopter;
    const directory = adoptingDirectory(bucket, old.directory, next.directory, alone ? old.name : "");
    return [joinPath(directory, old.name), joinPath(directory, next.name)];
  }

  #count(from: string, to: string, name: string, more: number): number {
    const key = JSON.stringify([splitPath(from).directory, splitPath(to).directory, name]);
    const count = (this.#names.get(key) ?? 0) + more;
    this.#names.set(key, count);
    return count;
  }

  /** Files that a layout had parked, or named for the way, that can be this one. */
  async #leftBehind({ from, to }: Journey): Promise<FileInfo[]> {
    const [old, next] = [splitPath(from), splitPath(to)];
    const found: FileInfo[] = [];
    const left = [...(await this.finder.left())];
    for (const file of left) {
      if (!isTemporary(file.path) || !this.#isFree(file)) continue;
      const { directory, name } = file;
      const parked = /^\.mediasaur-tmp\/parked-[^/]+\/\d+$/.test(directory) && this.#isOurParking(directory, left);
      if (parked && (name === old.name || name === next.name)) found.push(file);
      else if (name === temporaryName(file.id, next.name) && (parked || directory === old.directory)) found.push(file);
    }
    return found;
  }

  /** Parking folders are called after one of the files of their layout. */
  #isOurParking(directory: string, left: readonly FileInfo[]): boolean {
    const base = directory.slice(0, directory.lastIndexOf("/"));
    return [...this.adopter.inState, ...left.map(({ id }) => id)].some((id) => parkingDirectory(id) === base);
  }

  /** Whether no other declaration, and no key of this layout, has a file. */
  #isFree({ id }: FileInfo): boolean {
    const owner = this.session.claims.ownerOfFile(id);
    const { inState, isOwn } = this.adopter;
    return !inState.has(id) && (owner === undefined || isOwn(owner));
  }

  #unclear(from: string, files: readonly FileInfo[]): string {
    const which = files.map(({ id, path }) => `${id} ("${path}")`).join(" or ");
    return `nothing is at "${from}" in bucket "${this.adopter.bucket}" any more, and it may be ${which}: name it by its id`;
  }
}
