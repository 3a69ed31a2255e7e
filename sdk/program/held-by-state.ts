import * as pulumi from "@pulumi/pulumi";
import { options } from "./pulumi-internals";

/** A file that state holds for one of our resources. */
export interface HeldFile {
  readonly bucket: string;
  readonly id: string;
  readonly path: string;
}

/** What state holds of one of our resources. */
export interface HeldResource {
  readonly urn: string;
  readonly files: readonly HeldFile[];
}

const OURS = /^(pulumi-nodejs:dynamic\/mediasaur:|mediasaur:index:)(ManagedFile|FileLayout)$/;
/** The builtin of Pulumi's engine behind a StackReference that asks for resources. */
const READ_STATE = "pulumi:pulumi:readStackResourceOutputs";

type Raw = Record<string, unknown>;

/**
 * The files that the stack's state holds as it is now. Of what it says, which may have secrets in clear, only places are passed on.
 *
 * @throws where it can't be read, or is of a kind that is not known here
 */
export async function readHeld(): Promise<HeldResource[]> {
  const organization = options()?.organization ?? "organization";
  const stackName = `${organization}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { outputs = {} } = (await pulumi.runtime.invoke(READ_STATE, { stackName }, { async: true })) as {
    outputs?: Record<string, { type?: string; outputs?: Raw }>;
  };
  return Object.entries(outputs).flatMap(([urn, { type = "", outputs: state }]) =>
    OURS.test(type) && state !== undefined ? [{ urn, files: filesIn(urn, state) }] : [],
  );
}

function filesIn(urn: string, state: Raw): HeldFile[] {
  const { bucket, fileId, path, files } = state;
  // What was never brought about has no file.
  if (bucket === undefined) return [];
  const held = fileId === undefined ? Object.values(filesOf(urn, files)) : [{ id: fileId, path }];
  return held.map((file) => {
    const { id, path } = file as Raw;
    if (typeof bucket !== "string" || typeof id !== "string" || typeof path !== "string") throw unknownState(urn);
    return { bucket, id, path };
  });
}

function filesOf(urn: string, files: unknown): Raw {
  if (typeof files === "object" && files !== null && !Array.isArray(files)) return files as Raw;
  throw unknownState(urn);
}

function unknownState(urn: string): Error {
  return new Error(`what it says of ${urn} is not understood`);
}
