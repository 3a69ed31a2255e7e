import { testFaults } from "./faults";

testFaults("ManagedFile");
