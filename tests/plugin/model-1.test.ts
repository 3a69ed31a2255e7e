import { modelTest } from "./model";

modelTest(1);
