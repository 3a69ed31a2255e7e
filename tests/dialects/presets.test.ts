import { presetCells } from "./cells";
import { testCells } from "./suite";

const cells = presetCells();

testCells("presets", cells, cells.length);
