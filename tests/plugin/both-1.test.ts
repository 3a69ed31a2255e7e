import { testBoth } from "./both";

testBoth(1);
