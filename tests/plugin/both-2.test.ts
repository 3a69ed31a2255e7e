import { testBoth } from "./both";

testBoth(2);
