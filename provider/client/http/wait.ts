const LEAST_MS = 200;

/** The longest wait that is obeyed; one that is asked for explicitly and is longer becomes an error. */
export const LONGEST_WAIT_MS = 60_000;

/** How long an answer asks to wait: `exact` by a Retry-After, else derived from a reset time and kept within bounds. */
export interface Wait {
  /** Milliseconds, at least 200. */
  ms: number;
  /** Whether it may be longer than is obeyed. */
  exact: boolean;
}

/**
 * Reads the wait that headers ask for. A small reset number means seconds at most services and milliseconds at some: it is
 * taken as milliseconds where that is plausible, and as seconds once that has proved too short (`again`).
 */
export function waitAsked(headers: Readonly<Record<string, string>>, now: number, again: boolean): Wait | undefined {
  const inMs = numberOf(headers["retry-after-ms"]);
  if (inMs !== undefined) return { ms: Math.max(LEAST_MS, inMs), exact: true };
  const after = headers["retry-after"];
  const seconds = numberOf(after);
  if (seconds !== undefined) return { ms: Math.max(LEAST_MS, seconds * 1000), exact: true };
  const date = dateOf(after);
  if (date !== undefined) return { ms: Math.max(LEAST_MS, date - now), exact: true };
  for (const name of ["x-ratelimit-reset", "ratelimit-reset"]) {
    const reset = resetMs(headers[name], now, again || name === "ratelimit-reset");
    if (reset !== undefined) return { ms: Math.min(LONGEST_WAIT_MS, Math.max(LEAST_MS, reset)), exact: false };
  }
  return undefined;
}

function resetMs(header: string | undefined, now: number, asSeconds: boolean): number | undefined {
  const number = numberOf(header);
  if (number === undefined) {
    const date = dateOf(header);
    return date === undefined ? undefined : date - now;
  }
  if (number > 1e12) return number - now;
  if (number > 1e9) return number * 1000 - now;
  return number * 1000 > LONGEST_WAIT_MS && number <= LONGEST_WAIT_MS && !asSeconds ? number : number * 1000;
}

function numberOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
}

function dateOf(header: string | undefined): number | undefined {
  if (header === undefined || !/[a-z:-]/i.test(header)) return undefined;
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
