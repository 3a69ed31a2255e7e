import { mediasaurError } from "../client";
import { readConfig } from "../client/config";
import type { Raw } from "../adapter/kinds";
import { UNKNOWN } from "../model/unknown";

/** What a provider can be configured with. */
export const SETTINGS = ["apiKey", "baseUrl", "uploadUrl"] as const;

/** Which provider of a program this process is. */
export interface Configured {
  /** The provider's name in the program; `undefined` for the default one, which has the stack's config. */
  readonly name: string | undefined;
  readonly settings: Raw;
}

/** The name of a provider that the program made; the engine gives names of its own to default ones. */
export function explicitName(name: string): string | undefined {
  return /^default(_\d+_\d+_\d+\S*)?$/.test(name) ? undefined : name;
}

/**
 * Says what is wrong with a provider's settings by themselves. A key that is missing is told by the first call that needs one: what
 * stays when its declaration goes needs none.
 */
export function settingsProblems(settings: Raw): { property: string; reason: string }[] {
  const problems = Object.keys(settings)
    .filter((name) => !isSetting(name) && !RESERVED.has(name) && !name.startsWith("__"))
    .map((name) => ({
      property: name,
      reason: `${name} is no setting of the provider: it has ${SETTINGS.join(", ")}`,
    }));
  const known = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== UNKNOWN));
  const wrong = SETTINGS.filter((name) => name in known && typeof known[name] !== "string");
  if (wrong.length > 0)
    return [...problems, ...wrong.map((property) => ({ property, reason: `${property} has to be a string` }))];
  const config = configOf({ name: "", settings: { apiKey: "sk_not_looked_at", ...known } }, {});
  if ("problem" in config) problems.push({ property: "", reason: config.problem });
  return problems;
}

/** What the engine itself puts among a provider's settings. */
const RESERVED = new Set(["version", "pluginDownloadURL", "__internal"]);

function isSetting(name: string): boolean {
  return SETTINGS.some((setting) => setting === name);
}

/** The configuration of a provider's session, or what is wrong with it. */
function configOf({ name, settings }: Configured, environment: NodeJS.ProcessEnv): ReturnType<typeof readConfig> {
  const config = readConfig({
    stack: (key) => {
      const value = settings[key.replace(/^mediasaur:/, "")];
      return typeof value === "string" ? value : undefined;
    },
    environment: (variable) => environment[variable],
  });
  if ("problem" in config || name === undefined) return config;
  // The environment's key is a way out of a stale one of the stack. For a provider of its own it may be that of another account.
  const { fallbackApiKey: _other, ...own } = config;
  return own;
}

/** The configuration of a provider's session. */
export function sessionConfig(configured: Configured): Exclude<ReturnType<typeof readConfig>, { problem: string }> {
  const config = configOf(configured, process.env);
  if (!("problem" in config)) return config;
  throw mediasaurError({ code: "invalid_configuration", message: config.problem });
}
