import { share } from "../support/figures";
import { randomCells, SEED_OF_CHANCE } from "./cells";
import { testCells } from "./suite";

testCells(`random, seed ${String(SEED_OF_CHANCE)}`, randomCells(share(12, 200)), 200);
