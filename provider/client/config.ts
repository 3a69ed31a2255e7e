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
  readonly baseUrl: string;
  readonly uploadUrl: string;
  /** Set where an upload would go to another service than everything else. */
  readonly uploadProblem?: string;
}

const DEFAULT_BASE_URL = "https://api.mediasaur.com";
const DEFAULT_UPLOAD_URL = "https://upload.mediasaur.com";

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
  const problem = urlProblem("mediasaur:baseUrl", baseUrl) ?? urlProblem("mediasaur:uploadUrl", uploadUrl);
  if (problem !== undefined) return { problem };
  const fallback = present(source.environment("MEDIASAUR_API_KEY"));
  return {
    apiKey,
    ...(fallback === undefined || fallback === apiKey ? {} : { fallbackApiKey: fallback }),
    baseUrl: baseUrl ?? DEFAULT_BASE_URL,
    uploadUrl: uploadUrl ?? DEFAULT_UPLOAD_URL,
    ...(baseUrl !== undefined && uploadUrl === undefined
      ? {
          uploadProblem:
            "mediasaur:baseUrl is set and mediasaur:uploadUrl is not: an upload would go to another service. Set both.",
        }
      : {}),
  };
}

function present(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === "" ? undefined : trimmed;
}

function urlProblem(key: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return `${key} is not a URL: it has to look like ${DEFAULT_BASE_URL}.`;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return `${key} may have a host, a port and a path, and nothing else (no user, query or fragment).`;
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return `${key} is plain http to ${url.hostname}, which would send the API key unencrypted. Use https.`;
  }
  return undefined;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
