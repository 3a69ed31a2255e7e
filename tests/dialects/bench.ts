import { Host } from "../support/host";

/** Where cells run, one after the other. */
export function openBench(): Promise<Host> {
  // The stores under test are late by a few looks, and not by seconds.
  return Host.open({ MEDIASAUR_TEST_PATIENCE: "0.05" });
}
