// Jest's globalSetup of the suites that run a real Pulumi: puts the CLI on PATH of the test processes, however jest is started.
import { getPulumi, NoPulumiError } from "../get-pulumi.mjs";

export default async function (_globalConfig, projectConfig) {
  try {
    const { env } = await getPulumi({ quiet: true });
    Object.assign(process.env, env);
  } catch (error) {
    if (!(error instanceof NoPulumiError) || ["lifecycle", "examples"].includes(projectConfig.displayName?.name))
      throw error;
  }
}
