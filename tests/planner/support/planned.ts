import { planLayout, type LayoutPlan, type LayoutProblem } from "../../../provider/planner";

/** The plan of a problem that has one. */
export function planned(problem: LayoutProblem): LayoutPlan {
  const planning = planLayout(problem);
  if (!planning.ok) throw new Error(JSON.stringify(planning.faults));
  return planning.plan;
}
