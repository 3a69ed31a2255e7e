import { readConfig, type Config } from "../../provider/client/config";
import { CommandFailure } from "./command-failure";

const VARIABLES: readonly (readonly [setting: string, variable: string])[] = [
  ["mediasaur:apiKey", "MEDIASAUR_API_KEY"],
  ["mediasaur:baseUrl", "MEDIASAUR_BASE_URL"],
  ["mediasaur:uploadUrl", "MEDIASAUR_UPLOAD_URL"],
];

/**
 * The configuration of the environment. The command line belongs to no stack, and so reads no stack's config.
 *
 * @throws CommandFailure that names the variable that is missing or wrong
 */
export function environmentConfig(): Config {
  if ((process.env["MEDIASAUR_API_KEY"] ?? "").trim() === "") {
    throw new CommandFailure(
      "MEDIASAUR_API_KEY is not set. The command line reads its configuration from the environment: MEDIASAUR_API_KEY, " +
        "and where they differ from the service's own, MEDIASAUR_BASE_URL and MEDIASAUR_UPLOAD_URL.",
    );
  }
  const config = readConfig({ stack: () => undefined, environment: (name) => process.env[name] });
  if ("problem" in config) throw new CommandFailure(inVariables(config.problem));
  return config;
}

/** Names variables of the environment where a text names settings of a stack. */
export function inVariables(text: string): string {
  return VARIABLES.reduce((said, [setting, variable]) => said.replaceAll(setting, variable), text);
}
