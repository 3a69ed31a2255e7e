import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { UsageError } from "../usage-error";

/** Why a request is not let in: what to answer it with. */
export interface Refusal {
  readonly status: number;
  readonly detail: string;
}

/** Methods that change nothing. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

// Without user, path or spaces, which parsers of URLs would take apart in ways of their own.
const hostForm = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]@/\\?#]+))(?::\d{1,5})?$/i;

/**
 * Who may ask anything of the emulator. It listens on loopback, but so does every browser on this machine: a page of another
 * site reaches it by a name of its own that leads here (DNS rebinding), or by a form that it sends without asking. So a request
 * has to name this machine, or a host that the user has named, and what changes something must not come from another site.
 */
export class Gate {
  readonly #allowed: readonly string[];

  /**
   * @throws UsageError for a name that is none.
   */
  constructor(allowedHosts: readonly string[] = []) {
    this.#allowed = allowedHosts.map((name) => {
      const plain = canonical(name);
      if (!/^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(plain)) {
        throw new UsageError(
          `allowed host "${name}" is not a host's name: no port, no scheme, no *; ".name" for all below it`,
        );
      }
      return plain;
    });
  }

  /** Why a request is refused; undefined for one that may go on. */
  refusal({ method = "GET", url = "", headers }: IncomingMessage): Refusal | undefined {
    // A request for a proxy names its host in its first line, and that one counts.
    const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? headers.host ?? "";
    if (!this.#isTrusted(host)) {
      const named = JSON.stringify(shortened(host));
      return forbidden(
        `Host ${named} is not this machine; --allowed-host NAME lets in a name that is meant to lead here`,
      );
    }
    if (safeMethods.has(method)) return undefined;
    const { origin } = headers;
    if (origin !== undefined && !isOriginOf(origin, host)) {
      return forbidden(`Origin ${JSON.stringify(shortened(origin))} may not change anything here`);
    }
    const site = headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      return forbidden("A page of another site may not change anything here");
    }
    return undefined;
  }

  #isTrusted(host: string): boolean {
    const [, ipv6, name] = hostForm.exec(host) ?? [];
    if (ipv6 !== undefined) return ipv6 === "::1";
    if (name === undefined) return false;
    const plain = canonical(name);
    if (isIP(plain) === 4) return plain.startsWith("127.") || this.#allowed.includes(plain);
    return (
      plain === "localhost" ||
      plain.endsWith(".localhost") ||
      this.#allowed.some((one) => (one.startsWith(".") ? plain === one.slice(1) || plain.endsWith(one) : plain === one))
    );
  }
}

function isOriginOf(origin: string, host: string): boolean {
  const [, scheme, named] = /^(https?):\/\/(.*)$/i.exec(origin) ?? [];
  // A scheme's own port is left out of an origin, and may be left out of a host.
  const bare = (text: string): string =>
    canonical(text.replace(scheme?.toLowerCase() === "https" ? /:443$/ : /:80$/, ""));
  return named !== undefined && bare(named) === bare(host);
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

function forbidden(detail: string): Refusal {
  return { status: 403, detail };
}
