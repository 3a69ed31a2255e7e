import { DEFAULT_BASE_URL, DEFAULT_UPLOAD_URL, normalUrl, UPLOADS_ASTRAY, urlProblem } from "./urls";

/** Where a configuration value can come from: the stack's config first, the environment second. */
export interface ConfigSource {
  /** A key of the stack's config, such as `mediasaur:apiKey`. */
  stack(key: string): string | undefined;
  /** A variable of the environment. */
  environment(name: string): string | undefined;
}

/** What the provider needs to reach the service. */
export interface Config {
  readonly apiKey: string;
  /** The environment's key where it is another one: tried once when the stack's is refused. */
  readonly fallbackApiKey?: string;
  /** Without a slash at its end, as is `uploadUrl`: a path is put right after it. */
  readonly baseUrl: string;
  readonly uploadUrl: string;
  /** Set where an upload would go to another service than everything else. */
  readonly uploadProblem?: string;
}

const NO_KEY =
  'no API key is configured. Run "pulumi config set --secret mediasaur:apiKey" and paste the key, ' +
  "or set MEDIASAUR_API_KEY in the environment.";

/** Reads the configuration, or says in one line what is wrong with it. Makes no request. */
export function readConfig(source: ConfigSource): Config | { readonly problem: string } {
  const read = (key: string, variable: string): string | undefined =>
    present(source.stack(`mediasaur:${key}`)) ?? present(source.environment(variable));
  const apiKey = read("apiKey", "MEDIASAUR_API_KEY");
  if (apiKey === undefined) return { problem: NO_KEY };
  if (/[^\x21-\x7e]/.test(apiKey)) {
    return {
      problem:
        "mediasaur:apiKey holds white space or other characters that no API key has. Was it pasted whole, on one line?",
    };
  }
  const baseUrl = read("baseUrl", "MEDIASAUR_BASE_URL");
  const uploadUrl = read("uploadUrl", "MEDIASAUR_UPLOAD_URL");
  const problemOf = (setting: string, url: string | undefined): string | undefined =>
    url === undefined ? undefined : urlProblem(setting, url);
  const problem = problemOf("mediasaur:baseUrl", baseUrl) ?? problemOf("mediasaur:uploadUrl", uploadUrl);
  if (problem !== undefined) return { problem };
  const fallback = present(source.environment("MEDIASAUR_API_KEY"));
  return {
    apiKey,
    ...(fallback === undefined || fallback === apiKey ? {} : { fallbackApiKey: fallback }),
    baseUrl: normalUrl(baseUrl ?? DEFAULT_BASE_URL),
    uploadUrl: normalUrl(uploadUrl ?? DEFAULT_UPLOAD_URL),
    ...(baseUrl !== undefined && uploadUrl === undefined ? { uploadProblem: UPLOADS_ASTRAY } : {}),
  };
}

function present(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === "" ? undefined : trimmed;
}
