import { testFaults } from "./faults";

testFaults("FileLayout");
