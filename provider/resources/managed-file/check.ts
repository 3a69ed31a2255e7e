import { placeKey } from "../claims";
import { diffManagedFile, sameSource, type Difference } from "../../plan/diff";
import {
  inputProblems,
  knownInputs,
  type ManagedFileInputs,
  type ManagedFileState,
  type Problem,
} from "../../plan/managed-file";
import { UNKNOWN } from "../../plan/unknown";
import { mediasaurError, type FileInfo } from "../../client";
import type { Session } from "../session";
import { adoptedFile, adoptionProblem, resolve } from "./source";

type Raw = Record<string, unknown>;

/**
 * Validates what the program says of one file, as far as it is known, and registers what it declares. Reads only: an
 * unchanged declaration makes no request at all.
 *
 * @param olds - the inputs of the last update; empty for a resource that is to be created
 */
export async function checkManagedFile(session: Session, olds: Raw, news: Raw): Promise<Problem[]> {
  const problems = [...inputProblems(news), ...duplicateProblems(session, news)];
  const inputs = knownInputs(news);
  if (problems.length > 0 || inputs === undefined) return problems;
  const { source } = inputs;
  if (source !== undefined && !("adopt" in source)) {
    return [
      {
        property: "source",
        reason: `"${Object.keys(source).join()}" is not supported yet: adopt a file that is in the bucket`,
      },
    ];
  }
  if (olds.bucket === undefined) return checkNew(session, inputs);
  return sameSource(olds.source as ManagedFileInputs["source"], source) || source === undefined
    ? []
    : checkNewSource(session, olds, inputs);
}

function duplicateProblems(session: Session, news: Raw): Problem[] {
  const { bucket, path, __declaration: declaration } = news;
  if (typeof bucket !== "string" || typeof path !== "string" || typeof declaration !== "string") return [];
  if (bucket === UNKNOWN || path === UNKNOWN) return [];
  const other = session.claims.claimPath(bucket, path, declaration);
  if (other === undefined) return [];
  return [
    { property: "path", reason: `"${path}" in bucket "${bucket}" is declared twice: by "${nameOf(other)}" as well` },
  ];
}

async function checkNew(session: Session, inputs: ManagedFileInputs): Promise<Problem[]> {
  const { bucket, path } = inputs;
  if ((await session.bucket(bucket)) === undefined) {
    return [{ property: "bucket", reason: `"${bucket}" is missing, or not visible to this API key` }];
  }
  const found = await checkSource(session, inputs);
  if ("problem" in found) return [found.problem];
  if (found.file !== undefined && found.file.path !== path) {
    session.claims.leaves(found.file.id);
    await warnIfHeld(session, inputs, found.file.id);
  }
  return [];
}

async function checkNewSource(session: Session, olds: Raw, inputs: ManagedFileInputs): Promise<Problem[]> {
  const found = await checkSource(session, inputs);
  if ("problem" in found) return [found.problem];
  const { file } = found;
  if (file !== undefined && file.path !== olds.path && olds.path === inputs.path && olds.bucket === inputs.bucket) {
    const reason =
      `adopts file ${file.id} ("${file.path}") in place of the file that this resource has, and that file still ` +
      `holds "${inputs.path}". Give the new file another path, or move the old one away first`;
    return [{ property: "source", reason }];
  }
  return [];
}

/** Finds the file that a declaration takes over, and claims it. */
async function checkSource(
  session: Session,
  inputs: ManagedFileInputs,
): Promise<{ file?: FileInfo } | { problem: Problem }> {
  const { bucket, path, source, __declaration: declaration = "" } = inputs;
  const property = source === undefined ? "path" : "source";
  const reference = adoptedFile(inputs);
  const file = await resolve(session, bucket, reference);
  const problem = adoptionProblem(bucket, reference, file);
  if (problem !== undefined) {
    const maker =
      file === undefined && "path" in reference ? session.claims.ownerOfPath(bucket, reference.path) : undefined;
    if (maker !== undefined && maker !== declaration) return {};
    const advice =
      source === undefined
        ? `${problem}: without a source, a ManagedFile takes over the file that is already at its path`
        : problem;
    return { problem: { property, reason: advice } };
  }
  const owner = file === undefined || declaration === "" ? undefined : session.claims.claimFile(file.id, declaration);
  if (owner === undefined) return file === undefined ? {} : { file };
  return {
    problem: {
      property,
      reason: `file ${file?.id ?? ""} ("${file?.path ?? path}") is declared twice: by "${nameOf(owner)}" as well`,
    },
  };
}

/** Compares the program with state: nothing to do, an update in place, or a replacement. Reads at most one file. */
export async function diffManagedFileLive(
  session: Session,
  id: string,
  state: ManagedFileState,
  news: Raw,
): Promise<Difference> {
  const declaration = typeof news.__declaration === "string" ? news.__declaration : undefined;
  const owner = declaration === undefined ? undefined : session.claims.claimFile(state.fileId, declaration);
  if (owner !== undefined) {
    const what = `file ${state.fileId} ("${state.path}" in bucket "${state.bucket}") is declared twice`;
    throw mediasaurError({
      code: "declared_twice",
      message: `${what}: by "${nameOf(declaration ?? "")}" and by "${nameOf(owner)}". Keep one of them.`,
    });
  }
  const difference = diffManagedFile(state, news, await adoptsAnother(session, id, state, news));
  const inputs = knownInputs(news);
  if (inputs !== undefined && inputs.bucket === state.bucket && inputs.path !== state.path) {
    session.claims.leaves(state.fileId);
    await warnIfHeld(session, inputs, state.fileId);
  }
  return difference;
}

async function adoptsAnother(session: Session, id: string, state: ManagedFileState, news: Raw): Promise<boolean> {
  const inputs = knownInputs(news);
  const source = inputs?.source;
  if (source === undefined || !("adopt" in source) || sameSource(source, state.source)) return false;
  if ("id" in source.adopt) return source.adopt.id !== state.fileId && source.adopt.id !== id;
  if (source.adopt.path === state.path) return false;
  return (await resolve(session, state.bucket, source.adopt))?.id !== state.fileId;
}

/** The key of the warning about a path that another file holds. */
export function heldWarning(inputs: ManagedFileInputs): string {
  return placeKey(inputs.bucket, inputs.path);
}

/** Warns of a path that another file holds, unless a declaration that comes later in the program moves that file away. */
async function warnIfHeld(session: Session, inputs: ManagedFileInputs, fileId: string): Promise<void> {
  const holder = await session.index(inputs.bucket).byPath(inputs.path, "listed");
  if (holder === undefined || holder.id === fileId) return;
  session.warnings.later(heldWarning(inputs), () =>
    session.claims.isLeaving(holder.id)
      ? undefined
      : `"${inputs.path}" in bucket "${inputs.bucket}" is held by file ${holder.id}, which no declaration moves away: the update will be refused.`,
  );
}

function nameOf(declaration: string): string {
  return declaration.slice(declaration.lastIndexOf("$") + 1);
}
