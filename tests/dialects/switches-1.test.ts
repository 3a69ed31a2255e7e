import { part, singleCells } from "./cells";
import { testCells } from "./suite";

const cells = part(singleCells(), 1, 3);

testCells("ManagedFile", "one switch at a time, part 1 of 3", cells, cells.length);
