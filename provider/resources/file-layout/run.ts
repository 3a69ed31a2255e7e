import type { Run } from "../../reconcile/execute";
import type { ListedView } from "../../reconcile/listed-view";
import type { Tally } from "./tally";

/** What one update of a layout works with. */
export interface LayoutRun extends Run {
  readonly view: ListedView;
  readonly tally: Tally;
}
