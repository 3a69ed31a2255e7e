export const DEFAULT_BASE_URL = "https://api.mediasaur.com";
export const DEFAULT_UPLOAD_URL = "https://upload.mediasaur.com";

/** Said where only the one of the two URLs is set. */
export const UPLOADS_ASTRAY =
  "mediasaur:baseUrl is set and mediasaur:uploadUrl is not: an upload would go to another service. Set both.";

/**
 * Says in one line why a URL can't be the service's, or `undefined` where it can.
 *
 * @param setting - the setting's name, such as `mediasaur:baseUrl`
 */
export function urlProblem(setting: string, value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return `${setting} is not a URL: it has to look like ${DEFAULT_BASE_URL}.`;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return `${setting} may have a host, a port and a path, and nothing else (no user, query or fragment).`;
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return `${setting} is plain http to ${url.hostname}, which would send the API key unencrypted. Use https.`;
  }
  return undefined;
}

/** A URL without a slash at its end. */
export function normalUrl(value: string): string {
  const url = new URL(value);
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** Whether a host, as a URL names it, is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
