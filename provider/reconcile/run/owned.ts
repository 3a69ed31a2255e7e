import type { Problem } from "../../model/managed-file";
import { hasUnknown } from "../../model/unknown";
import type { DeclarationKey, FilePlace } from "./ownership";
import type { Session } from "./session";

type Raw = Record<string, unknown>;

interface Watched<Inputs extends object, State extends object> {
  check(session: Session, olds: Raw, news: Raw): Promise<Problem[]>;
  diff(session: Session, id: string, state: State, news: Raw): Promise<unknown>;
  create(session: Session, inputs: Inputs): Promise<unknown>;
  update(session: Session, id: string, state: State, inputs: Inputs): Promise<unknown>;
}

/** What of a declaration has to be known before it is known which files are its own. */
const PLACES = {
  ManagedFile: ["bucket", "path", "source"],
  FileLayout: ["bucket", "prefix", "declared", "rules", "unmanaged"],
};

/** The same kind of resource, which tells the run's ownership what became of each of its declarations. */
export function owned<Inputs extends object, State extends object, Kind extends Watched<Inputs, State>>(
  name: keyof typeof PLACES,
  kind: Kind & Watched<Inputs, State>,
): Kind {
  const watch = async <Result>(session: Session, declaration: unknown, work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (typeof declaration === "string") session.ownership.failed(declaration);
      throw error;
    }
  };
  return {
    ...kind,
    async check(session: Session, olds: Raw, news: Raw) {
      const { __declaration: declaration } = news;
      const problems = await watch(session, declaration, kind.check(session, olds, news));
      if (typeof declaration !== "string") return problems;
      if (problems.length > 0) session.ownership.failed(declaration);
      else session.ownership.checked(`${name} ${declaration}` satisfies DeclarationKey, unknownOf(name, news));
      return problems;
    },
    diff(session: Session, id: string, state: State, news: Raw) {
      const { bucket } = state as { bucket?: string };
      if (bucket !== undefined) session.ownership.heldBefore(bucket, filesIn(state));
      return watch(session, news.__declaration, kind.diff(session, id, state, news));
    },
    create(session: Session, inputs: Inputs) {
      session.ownership.changing();
      return watch(session, (inputs as Raw).__declaration, kind.create(session, inputs));
    },
    update(session: Session, id: string, state: State, inputs: Inputs) {
      session.ownership.changing();
      return watch(session, (inputs as Raw).__declaration, kind.update(session, id, state, inputs));
    },
  };
}

function unknownOf(name: keyof typeof PLACES, news: Raw): string | undefined {
  const property = PLACES[name].find((property) => hasUnknown(news[property]));
  return property === "declared" ? "files" : property;
}

/** The files that state has of a resource of either kind. */
function filesIn(state: { fileId?: string; path?: string; files?: Readonly<Record<string, FilePlace>> }): FilePlace[] {
  const { fileId, path, files } = state;
  if (fileId !== undefined && path !== undefined) return [{ id: fileId, path }];
  return Object.values(files ?? {});
}
