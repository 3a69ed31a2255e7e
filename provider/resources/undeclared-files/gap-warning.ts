import { firstOf } from "../../model/file-layout";
import { displayName, placeKey } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { ruled, whereOf, type Undeclared } from "./sort-out";

/** Says that undeclared files are left alone in this run, and why, where any of them would have been touched; once for a layout. */
export async function warnOfGap(session: Session, layout: string, undeclared: Undeclared): Promise<void> {
  const { inputs, view, files, gap } = undeclared;
  if (gap === undefined) return;
  const isJudged = inputs.unmanaged === "DELETE" || inputs.unmanaged === "FAIL";
  const concerned = isJudged ? files : (await ruled(view, inputs, files)).map(({ file }) => file);
  if (concerned.length === 0) return;
  const line =
    `${displayName(layout)}: what seems undeclared ${whereOf(inputs)} is left alone in this run, as ${gap}: ` +
    `${firstOf(concerned.map(({ path }) => path))}.`;
  session.warnings.later(placeKey(`${layout} gap`, inputs.bucket), () => line, {
    resource: "FileLayout",
    declaration: layout,
  });
}
