import { share } from "../support/figures";
import { randomCells, SEED_OF_CHANCE } from "./cells";
import { SUBJECT_NAMES } from "./page";
import { testCells } from "./suite";

const cells = randomCells(share(8, 200));

for (const subject of SUBJECT_NAMES) testCells(subject, `random, seed ${String(SEED_OF_CHANCE)}`, cells, 200);
