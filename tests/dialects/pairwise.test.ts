import { share } from "../support/figures";
import { pairwiseCells } from "./cells";
import { SUBJECT_NAMES } from "./page";
import { testCells } from "./suite";

const cells = pairwiseCells();
const some = cells.slice(0, share(8, cells.length));

for (const subject of SUBJECT_NAMES) testCells(subject, "pairwise", some, cells.length);
