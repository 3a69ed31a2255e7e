import type { FileInfo } from "../../client";
import { isTemporary, type FileLayoutInputs, type LayoutFileState } from "../../model/file-layout";
import type { FileReference, ManagedFileInputs } from "../../model/managed-file";
import { joinPath, splitPath, TEMPORARY_PREFIX } from "../../model/paths";
import { placesBetween } from "../../planner/placement";
import { adoptingDirectory, parkingDirectory, temporaryName } from "../../model/temporary-paths";
import { adoptedFile, adoptionProblem } from "../managed-file/source";
import type { Session } from "../../reconcile/run/session";
import type { Survey } from "./survey";

/** The places in a folder of its own through which a file passes: first with its old name, then with its new one. */
export type Passage = readonly [string, string];

/** What is found of a file that is to be adopted. */
export type Adopted =
  | { readonly file: FileInfo; readonly passage?: Passage; readonly arrived?: boolean }
  | { readonly problem: string }
  /** Another declaration of the program is to bring it there. */
  | { readonly pending: string };

interface Journey {
  readonly from: string;
  readonly to: string;
}

/**
 * Finds the files that keys without an id in state adopt. While a file is adopted by its path, nothing but where it lies
 * says whose it is: so one that changes directory and name passes through a folder which follows from both, and a run that
 * was cut off leaves none that the next can't tell.
 */
export class Adoptions {
  readonly #journeys = new Map<string, Journey>();
  readonly #byGoal = new Map<string, string>();
  readonly #names = new Map<string, number>();

  constructor(
    private readonly session: Session,
    private readonly survey: Survey,
    private readonly inputs: FileLayoutInputs,
    isNew: (key: string) => boolean,
    /** The ids that state has: none of these is anybody else's. */
    private readonly inState: ReadonlySet<string>,
  ) {
    for (const [key, { path, source }] of Object.entries(inputs.declared)) {
      const from = source !== undefined && "adopt" in source && "path" in source.adopt ? source.adopt.path : undefined;
      if (from === undefined || !isNew(key)) continue;
      this.#journeys.set(key, { from, to: path });
      this.#byGoal.set(path, key);
      for (const name of new Set([splitPath(from).name, splitPath(path).name])) this.#count(from, path, name, 1);
    }
  }

  /** The file that a key adopts, where it is now. */
  async find(key: string, file: ManagedFileInputs): Promise<Adopted> {
    const reference = adoptedFile(file);
    const journey = this.#journeys.get(key);
    if (journey !== undefined) return this.#travelling(key, journey, reference);
    const found = "id" in reference ? await this.survey.byId(reference.id) : await this.survey.at(reference.path);
    return this.#checked(reference, found);
  }

  async #travelling(key: string, journey: Journey, reference: FileReference): Promise<Adopted> {
    const { from, to } = journey;
    const passage = this.#passage(journey);
    const onTheWay: FileInfo[] = [];
    for (const place of passage ?? []) {
      const file = await this.survey.at(place);
      if (file !== undefined) onTheWay.push(file);
    }
    const [first, second] = onTheWay;
    if (second !== undefined) return { problem: this.#unclear(from, onTheWay) };
    if (first !== undefined) return { file: first, ...(passage === undefined ? {} : { passage }) };

    const named = await this.survey.at(from);
    const isHere = named !== undefined && !(await this.#cameFromElsewhere(key, from));
    if (isHere) {
      const through = passage === undefined || from === to ? {} : { passage };
      return { file: named, ...through };
    }
    const left = this.#left(journey);
    const arrived = named === undefined || from !== to ? await this.survey.at(to) : undefined;
    if (arrived !== undefined && this.#isFree(arrived)) left.unshift(arrived);
    const [found, other] = left;
    if (other !== undefined) return { problem: this.#unclear(from, left) };
    if (found !== undefined) return { file: found, arrived: true };
    return this.#checked(reference, named);
  }

  #checked(reference: FileReference, file: FileInfo | undefined): Adopted {
    const { bucket, __declaration: declaration = "" } = this.inputs;
    const problem = adoptionProblem(bucket, reference, file);
    if (file !== undefined && problem === undefined) return { file };
    const reason = problem ?? "there is no such file";
    const maker = "path" in reference ? this.session.claims.ownerOfPath(bucket, reference.path) : undefined;
    const made = file === undefined && maker !== undefined && !maker.startsWith(`${declaration}\0`);
    return made ? { pending: reason } : { problem: reason };
  }

  /** Whether what is at a path has come there as another key's file, which is nowhere else. */
  async #cameFromElsewhere(key: string, path: string): Promise<boolean> {
    const other = this.#byGoal.get(path);
    if (other === undefined || other === key) return false;
    const journey = this.#journeys.get(other);
    if (journey === undefined || journey.from === path) return false;
    for (const place of [journey.from, ...(this.#passage(journey) ?? [])]) {
      if ((await this.survey.at(place)) !== undefined) return false;
    }
    return true;
  }

  #passage({ from, to }: Journey): Passage | undefined {
    const [old, next] = [splitPath(from), splitPath(to)];
    if (placesBetween(old, next) === undefined) return undefined;
    // Files that take each other's names in one folder could not be told apart there.
    const alone = this.#count(from, to, old.name, 0) > 1 || this.#count(from, to, next.name, 0) > 1;
    const { bucket } = this.inputs;
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
  #left({ from, to }: Journey): FileInfo[] {
    const [old, next] = [splitPath(from), splitPath(to)];
    const found: FileInfo[] = [];
    for (const file of this.survey.files) {
      if (!isTemporary(file.path) || !this.#isFree(file)) continue;
      const { directory, name } = file;
      const parked = /^\.mediasaur-tmp\/parked-[^/]+\/\d+$/.test(directory) && this.#isOurParking(directory);
      if (parked && (name === old.name || name === next.name)) found.push(file);
      else if (name === temporaryName(file.id, next.name) && (parked || directory === old.directory)) found.push(file);
    }
    return found;
  }

  /** Parking folders are called after one of the files of their layout. */
  #isOurParking(directory: string): boolean {
    const base = directory.slice(0, directory.lastIndexOf("/"));
    for (const { id, path } of this.survey.files) {
      const mine = this.inState.has(id) || path.startsWith(`${TEMPORARY_PREFIX}/`) || this.#isMentioned(path);
      if (mine && parkingDirectory(id) === base) return true;
    }
    return false;
  }

  #mentioned: Set<string> | undefined;

  #isMentioned(path: string): boolean {
    this.#mentioned ??= new Set([...this.#journeys.values()].flatMap(({ from, to }) => [from, to]));
    return this.#mentioned.has(path);
  }

  /** Whether no other declaration, and no key of this layout, has a file. */
  #isFree({ id }: FileInfo): boolean {
    const owner = this.session.claims.ownerOfFile(id);
    const { __declaration: declaration = "" } = this.inputs;
    return !this.inState.has(id) && (owner === undefined || owner.startsWith(`${declaration}\0`));
  }

  #unclear(from: string, files: readonly FileInfo[]): string {
    const which = files.map(({ id, path }) => `${id} ("${path}")`).join(" or ");
    return `nothing is at "${from}" in bucket "${this.inputs.bucket}" any more, and it may be ${which}: name it by its id`;
  }
}

/** A file that has another id than state knows. */
export interface Found {
  readonly file: FileInfo;
  /** Whether it lies where nothing but a run of ours puts a file. */
  readonly certain: boolean;
}

/**
 * A file whose id the service does not know any more, in a store that gives a file another id when it is moved: it is
 * looked for only where a run of ours leaves it, and has to be of the size that it was.
 */
export async function lostFile(
  survey: Survey,
  held: LayoutFileState,
  goal: string,
  isFree: (file: FileInfo) => boolean,
): Promise<Found | undefined> {
  const found: Found[] = [];
  const arrived = goal === held.path ? undefined : await survey.at(goal);
  const names = new Set([
    splitPath(held.path).name,
    splitPath(goal).name,
    temporaryName(held.id, splitPath(goal).name),
  ]);
  if (arrived !== undefined) found.push({ file: arrived, certain: false });
  for (const file of survey.files) {
    const isParked = file.path.startsWith(`${TEMPORARY_PREFIX}/parked-`);
    const isAside = file.name === temporaryName(held.id, splitPath(goal).name);
    if ((isParked || isAside) && names.has(file.name)) found.push({ file, certain: true });
  }
  const agree = (one: unknown, other: unknown): boolean => one === undefined || other === undefined || one === other;
  const isLike = ({ file: { size, contentType }, certain }: Found): boolean =>
    (certain || size !== undefined) && agree(size, held.size) && agree(contentType, held.contentType);
  const fitting = found.filter((one) => isLike(one) && isFree(one.file));
  return fitting.length === 1 ? fitting[0] : undefined;
}
