import { modelTest } from "./model";

modelTest(2);
