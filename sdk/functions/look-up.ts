import * as pulumi from "@pulumi/pulumi";
import { refuseClearKey } from "../declaration";

type Lookups = typeof import("../../provider/resources/lookups");

/**
 * Runs a lookup in the program's own process. What speaks HTTP is loaded only now, so that a program that only declares
 * never loads it.
 *
 * @param call - the call as the program wrote it, for the error
 * @param work - what to look up
 * @throws pulumi.RunError, which Pulumi prints as one line
 */
export async function lookUp<Result>(
  call: string,
  work: (lookups: Lookups, client: ReturnType<Lookups["connect"]>) => Promise<Result>,
): Promise<Result> {
  try {
    refuseClearKey();
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called
    const lookups = require("../../provider/resources/lookups") as Lookups;
    try {
      return await work(lookups, lookups.connect(stackConfig, warn));
    } catch (error) {
      throw new pulumi.RunError(lookups.redact(`${call}: ${error instanceof Error ? error.message : String(error)}`));
    }
  } catch (error) {
    // Pulumi hides a RunError's stack only while the program's main module runs, and an Output may fail later.
    if (pulumi.RunError.isInstance(error)) error.stack = error.message;
    throw error;
  }
}

/** A call as one line of code. */
export function callText(name: string, args: object): string {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const fields = given.map(
    ([key, value]) => `${key}: ${typeof value === "string" ? JSON.stringify(value) : typeof value}`,
  );
  return `${name}(${fields.length === 0 ? "" : `{ ${fields.join(", ")} }`})`;
}

function warn(line: string): void {
  void pulumi.log.warn(line);
}

function stackConfig(key: string): string | undefined {
  return (pulumi.runtime as unknown as { getConfig: (key: string) => string | undefined }).getConfig(key);
}
