import { share } from "../support/figures";
import { part, singleCells } from "./cells";
import { testCells } from "./suite";

const cells = part(singleCells(), 1, 2);
// Every second value: the other subject has them all.
const some = cells.filter((_, index) => index % share(2, 1) === 0);

testCells("FileLayout", "one switch at a time, part 1 of 2", some, cells.length);
