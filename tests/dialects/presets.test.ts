import { presetCells } from "./cells";
import { SUBJECT_NAMES } from "./page";
import { testCells } from "./suite";

const cells = presetCells();

for (const subject of SUBJECT_NAMES) testCells(subject, "presets", cells, cells.length);
