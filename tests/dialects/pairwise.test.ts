import { share } from "../support/figures";
import { pairwiseCells } from "./cells";
import { testCells } from "./suite";

const cells = pairwiseCells();

testCells("pairwise", cells.slice(0, share(12, cells.length)), cells.length);
