import { Host } from "../support/host";
import { impatientText } from "../support/projects";

/** Where cells run, one after the other. */
export function openBench(): Promise<Host> {
  // The stores under test are late by a few looks, and not by seconds.
  return Host.open({ textOf: impatientText });
}
