export { planLayout } from "./plan";
export type {
  DeleteRequest,
  LayoutFault,
  LayoutFaultKind,
  LayoutFile,
  LayoutGoal,
  LayoutPlan,
  LayoutPlanning,
  LayoutProblem,
  LayoutRequest,
  MoveRequest,
  PatchRequest,
} from "./types";
