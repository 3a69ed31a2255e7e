import * as pulumi from "@pulumi/pulumi";
import type { LastActs } from "./end-of-program";
import { callsUnderWay } from "./pulumi-internals";

/**
 * Runs the last acts of a program that Automation API runs inside its own process, whose end is the end of its function. Where that
 * waits for what is reported (an output of the stack), the report comes when no call of the engine is under way any more.
 */
export async function runAtEndOfInlineProgram(acts: LastActs): Promise<void> {
  // One of these is never released before the next is taken, so that Pulumi does not end the run meanwhile.
  let release = pulumi.runtime.rpcKeepAlive();
  try {
    for (;;) {
      const before = callsUnderWay();
      if (before === undefined) return;
      const next = pulumi.runtime.rpcKeepAlive();
      const mark = callsUnderWay();
      release();
      release = next;
      await before;
      // What the last of those calls has set going are promises: all of them are kept before Node comes to this.
      await new Promise((resolve) => {
        process.nextTick(resolve);
      });
      if (callsUnderWay() !== mark) continue;
      if (acts.hasFailed) return;
      if (acts.isSweepNext && acts.isRunning) {
        await acts.settled;
        continue;
      }
      const act = acts.next();
      if (typeof act === "string") continue;
      await Promise.all(act.map((resource) => known(resource.urn)));
      return;
    }
  } finally {
    release();
  }
}

function known(urn: pulumi.Output<string>): Promise<unknown> {
  return (urn as unknown as { promise: () => Promise<unknown> }).promise();
}
