import type { LayoutFile, LayoutGoal, LayoutRequest } from "../../../provider/planner";

type Visibility = LayoutFile["visibility"];

/** One effect on one file: what a request comes down to when it is applied file by file. */
export interface Effect {
  readonly id: string;
  readonly directory?: string;
  readonly name?: string;
  readonly visibility?: Visibility;
  readonly gone?: boolean;
}

interface Held {
  path: string;
  visibility: Visibility;
}

/** A request as the effects that a store may apply in any order, any of them alone. */
export function effectsOf(request: LayoutRequest): Effect[] {
  if (request.kind === "move") return request.ids.map((id) => ({ id, directory: request.directory }));
  if (request.kind === "delete") return [{ id: request.id, gone: true }];
  const { id, name, visibility } = request;
  return [{ id, ...(name !== undefined && { name }), ...(visibility !== undefined && { visibility }) }];
}

/**
 * A bucket as the documentation describes it, which refuses every request that aims at a place that is held. It knows
 * nothing of the planner. With goals, it holds each file's visibility to what is promised for the way.
 */
export class BucketModel {
  private readonly files = new Map<string, Held>();
  private readonly holders = new Map<string, string>();
  private readonly before = new Map<string, Visibility>();

  constructor(
    files: readonly LayoutFile[],
    strangers: Iterable<string> = [],
    private readonly goals: ReadonlyMap<string, LayoutGoal> = new Map(),
  ) {
    for (const path of strangers) this.hold(path, `stranger at ${path}`);
    for (const { id, path, visibility } of files) {
      this.hold(path, id);
      this.files.set(id, { path, visibility });
      this.before.set(id, visibility);
    }
  }

  private hold(path: string, id: string): void {
    const holder = this.holders.get(path);
    if (holder !== undefined) throw new Error(`${id} to "${path}": held by ${holder}`);
    this.holders.set(path, id);
  }

  apply(effect: Effect): void {
    const file = this.files.get(effect.id);
    if (file === undefined) throw new Error(`no file ${effect.id}`);
    if (effect.gone) {
      this.holders.delete(file.path);
      this.files.delete(effect.id);
      return;
    }
    const slash = file.path.lastIndexOf("/");
    const directory = effect.directory ?? file.path.slice(0, Math.max(0, slash));
    const name = effect.name ?? file.path.slice(slash + 1);
    const path = directory === "" ? name : `${directory}/${name}`;
    if (path !== file.path) {
      this.hold(path, effect.id);
      this.holders.delete(file.path);
    }
    this.watch(effect, file, path);
    file.path = path;
    file.visibility = effect.visibility ?? file.visibility;
  }

  /** Private as soon as anything happens to the file; public only once it has come. */
  private watch(effect: Effect, file: Held, path: string): void {
    const wanted = this.goals.get(effect.id)?.visibility ?? this.before.get(effect.id);
    if (!this.goals.has(effect.id) || this.before.get(effect.id) === wanted) {
      if (effect.visibility !== undefined && effect.visibility !== this.before.get(effect.id)) {
        throw new Error(`${effect.id}: visibility changed without being asked for`);
      }
      return;
    }
    const visibility = effect.visibility ?? file.visibility;
    if (wanted === "PRIVATE" && visibility === "PUBLIC") throw new Error(`${effect.id} is public on its way`);
    if (wanted === "PUBLIC" && visibility === "PUBLIC" && path !== this.goals.get(effect.id)?.path) {
      throw new Error(`${effect.id} is public before it has come`);
    }
  }

  list(): LayoutFile[] {
    return [...this.files].map(([id, { path, visibility }]) => ({ id, path, visibility }));
  }

  /** The files that are not as they are to be. */
  unreached(goals: ReadonlyMap<string, LayoutGoal>): string[] {
    return [...goals].flatMap(([id, goal]) => {
      const file = this.files.get(id);
      const there = file?.path === goal.path && (goal.visibility ?? file.visibility) === file.visibility;
      return there ? [] : [id];
    });
  }
}
