import { sameSource } from "../../model/diff";
import { knownLayout, layoutProblems, propertyOf, type FileLayoutInputs } from "../../model/file-layout";
import type { Problem } from "../../model/managed-file";
import { UNKNOWN } from "../../model/unknown";
import { declarationOfKey, declaredTwice } from "../../reconcile/run/claims";
import { copyProblem } from "../managed-file/check";
import { makingSource } from "../managed-file/make";
import type { Session } from "../../reconcile/run/session";
import { announce, look } from "./prospect";
import { asManagedFile } from "./roster";

type Raw = Record<string, unknown>;

/**
 * Validates what the program says of a layout, as far as it is known, and registers what it declares. For a layout that is to be
 * created it tells the plan as well, as nothing else is asked in a preview. Reads only: a layout that has been created makes no
 * request here, save for sources that are new.
 *
 * @param olds - the inputs of the last update; empty for a layout that is to be created
 */
export async function checkFileLayout(session: Session, olds: Raw, news: Raw): Promise<Problem[]> {
  const problems = [...layoutProblems(news), ...claimPaths(session, news)];
  if (problems.length > 0) return problems;
  const known = knownLayout(news);
  if (known === undefined) return [];
  const { inputs } = known;
  const isNew = olds.bucket === undefined;
  if (isNew && inputs.__declaration !== undefined) session.claims.isReplaced(inputs.__declaration);
  if (isNew && (await session.bucket(inputs.bucket)) === undefined) {
    return [{ property: "bucket", reason: `"${inputs.bucket}" is missing, or not visible to this API key` }];
  }
  const unmakeable = await makingProblems(session, olds, inputs);
  if (unmakeable.length > 0 || !isNew) return unmakeable;
  const prospect = await look(session, known, undefined);
  if ("problems" in prospect) return [...prospect.problems];
  await announce(session, inputs, prospect);
  return [];
}

function claimPaths(session: Session, news: Raw): Problem[] {
  const { bucket, declared, __declaration: layout } = news;
  if (typeof bucket !== "string" || bucket === UNKNOWN || typeof layout !== "string") return [];
  if (typeof declared !== "object" || declared === null) return [];
  return Object.entries(declared).flatMap(([key, file]: [string, unknown]): Problem[] => {
    const path = (file as Raw | null)?.path;
    if (typeof path !== "string" || path === UNKNOWN) return [];
    const other = session.claims.claimPath(bucket, path, declarationOfKey(layout, key));
    // Within a layout that has been said already.
    if (other === undefined || other.startsWith(`${layout}\0`)) return [];
    const reason = declaredTwice(`"${path}" in bucket "${bucket}"`, other);
    return [{ property: propertyOf(key, "path"), reason }];
  });
}

async function makingProblems(session: Session, olds: Raw, inputs: FileLayoutInputs): Promise<Problem[]> {
  const before = (olds.declared ?? {}) as Partial<FileLayoutInputs["declared"]>;
  const problems: Problem[] = [];
  for (const [key, declaration] of Object.entries(inputs.declared)) {
    const file = asManagedFile(inputs, key, declaration);
    const source = makingSource(file);
    if (source === undefined || sameSource(before[key]?.source, source, inputs.bucket)) continue;
    const reason = "upload" in source ? session.config.uploadProblem : await copyProblem(session, file, source.copy);
    if (reason !== undefined) problems.push({ property: propertyOf(key, "source"), reason });
  }
  return problems;
}
