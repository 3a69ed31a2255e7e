export { planLayout } from "./plan";
export type {
  LayoutFault,
  LayoutFile,
  LayoutGoal,
  LayoutPlan,
  LayoutPlanning,
  LayoutProblem,
  LayoutRequest,
} from "./types";
