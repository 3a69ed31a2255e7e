import type { FileInfo } from "../../client";
import { sameSource } from "../../model/diff";
import { inputProblems, knownInputs } from "../../model/managed-file";
import type { FileReference, ManagedFileInputs, Problem } from "../../model/managed-file";
import { UNKNOWN } from "../../model/unknown";
import { declaredTwice, placeKey } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { findAdopted } from "./adopt";
import { makingSource, type MakingSource } from "./make";
import { adoptedFrom } from "../../reconcile/find-adopted";
import { adoptedFile, originalProblem, resolve } from "../../reconcile/references";
import type { About } from "../../reconcile/run/effects";
import { tellCreation } from "./effects";

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
  const isNew = olds.bucket === undefined;
  if (isNew && typeof news.__declaration === "string") session.claims.isReplaced(news.__declaration);
  if (problems.length === 0 && inputs === undefined && isNew) await tellCreation(session, news, undefined);
  if (problems.length > 0 || inputs === undefined) return problems;
  if (
    !isNew &&
    (inputs.source === undefined ||
      sameSource(olds.source as ManagedFileInputs["source"], inputs.source, inputs.bucket))
  ) {
    return [];
  }
  if (isNew && (await session.bucket(inputs.bucket)) === undefined) return [bucketProblem("bucket", inputs.bucket)];
  const making = makingSource(inputs);
  if (making !== undefined) return checkMaking(session, inputs, making, isNew);
  return isNew ? checkAdoption(session, inputs) : checkAnother(session, olds, inputs);
}

function duplicateProblems(session: Session, news: Raw): Problem[] {
  const { bucket, path, __declaration: declaration } = news;
  if (typeof bucket !== "string" || typeof path !== "string" || typeof declaration !== "string") return [];
  if (bucket === UNKNOWN || path === UNKNOWN) return [];
  const other = session.claims.claimPath(bucket, path, declaration);
  if (other === undefined) return [];
  return [{ property: "path", reason: declaredTwice(`"${path}" in bucket "${bucket}"`, other) }];
}

function bucketProblem(property: string, bucket: string): Problem {
  return { property, reason: `"${bucket}" is missing, or not visible to this API key` };
}

async function checkMaking(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  isNew: boolean,
): Promise<Problem[]> {
  const reason = "upload" in source ? session.config.uploadProblem : await copyProblem(session, inputs, source.copy);
  if (reason !== undefined) return [{ property: "source", reason }];
  if (isNew) {
    await tellCreation(session, { ...inputs }, undefined);
    await warnIfHeld(session, inputs, undefined, ", unless it is what this declaration makes");
  }
  return [];
}

/** Says in one line why a file can't be copied, or `undefined` where it can, or where another declaration is to make it. */
export async function copyProblem(
  session: Session,
  inputs: ManagedFileInputs,
  reference: FileReference & { bucket?: string },
): Promise<string | undefined> {
  const bucket = reference.bucket ?? inputs.bucket;
  if (bucket !== inputs.bucket && (await session.bucket(bucket)) === undefined) return bucketProblem("", bucket).reason;
  const problem = originalProblem(bucket, reference, await resolve(session, bucket, reference));
  return problem === undefined || isMade(session, bucket, reference, inputs) ? undefined : problem;
}

/** Whether another declaration of the program is to bring a file to the place that a reference names. */
function isMade(session: Session, bucket: string, reference: FileReference, inputs: ManagedFileInputs): boolean {
  const maker = "path" in reference ? session.claims.ownerOfPath(bucket, reference.path) : undefined;
  return maker !== undefined && maker !== inputs.__declaration;
}

async function checkAdoption(session: Session, inputs: ManagedFileInputs): Promise<Problem[]> {
  const found = await checkAdopted(session, inputs);
  if ("problem" in found) return [found.problem];
  const { file } = found;
  await tellCreation(session, { ...inputs }, file);
  if (file !== undefined && file.path !== inputs.path) {
    session.claims.leaves(file.id);
    await warnIfHeld(session, inputs, file.id);
  }
  return [];
}

async function checkAnother(session: Session, olds: Raw, inputs: ManagedFileInputs): Promise<Problem[]> {
  const found = await checkAdopted(session, inputs);
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
async function checkAdopted(
  session: Session,
  inputs: ManagedFileInputs,
): Promise<{ file?: FileInfo } | { problem: Problem }> {
  const { path, source, __declaration: declaration = "" } = inputs;
  const property = source === undefined ? "path" : "source";
  const found = await findAdopted(session, inputs);
  if ("pending" in found) return {};
  if ("problem" in found) {
    const hint = ": without a source, a ManagedFile takes over the file that is already at its path";
    return { problem: { property, reason: `${found.problem}${source === undefined ? hint : ""}` } };
  }
  const { file, arrived } = found;
  if (arrived === true) warnOfArrival(session, inputs, adoptedFile(inputs), file);
  const from = adoptedFrom(inputs);
  if (from !== undefined) session.claims.isAdoptedFrom(file.id, from);
  const owner = declaration === "" ? undefined : session.claims.claimFile(file.id, declaration);
  if (owner === undefined) return { file };
  return { problem: { property, reason: declaredTwice(`file ${file.id} ("${file.path || path}")`, owner) } };
}

function warnOfArrival(session: Session, inputs: ManagedFileInputs, reference: FileReference, file: FileInfo): void {
  const { bucket, path } = inputs;
  const from = "path" in reference ? reference.path : reference.id;
  session.warnings.later(
    `arrived ${placeKey(bucket, path)}`,
    () =>
      `nothing is at "${from}" in bucket "${bucket}" any more: file ${file.id}, which is at "${file.path}", is taken over as ` +
      `the one that was to come from there.`,
    about(inputs),
  );
}

/** A declaration, as what is said of it names it. */
function about({ __declaration }: ManagedFileInputs): About | undefined {
  return __declaration === undefined ? undefined : { resource: "ManagedFile", declaration: __declaration };
}

/** The key of the warning about a path that another file holds. */
export function heldWarning(inputs: ManagedFileInputs): string {
  return placeKey(inputs.bucket, inputs.path);
}

/** Warns of a path that another file holds, unless a declaration that comes later in the program moves that file away. */
export async function warnIfHeld(
  session: Session,
  inputs: ManagedFileInputs,
  fileId: string | undefined,
  unless = "",
): Promise<void> {
  const { bucket, path } = inputs;
  const holder = await session.index(bucket).byPath(path, "listed");
  if (holder === undefined || holder.id === fileId) return;
  session.warnings.later(
    heldWarning(inputs),
    () =>
      session.claims.isLeaving(holder.id)
        ? undefined
        : `"${path}" in bucket "${bucket}" is held by file ${holder.id}, which no declaration moves away: the update will be refused${unless}.`,
    about(inputs),
  );
}
