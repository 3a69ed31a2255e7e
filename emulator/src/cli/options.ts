import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_PORT, type EmulatorOptions, type FaultRule } from "../options";
import { UsageError } from "../usage-error";

/** What `--help` prints. */
export const HELP = `mediasaur-emulator: a local stand-in for Mediasaur, on loopback only

  --port N         port (default ${String(DEFAULT_PORT)}; 0 for one that is free)
  --data DIR       folder that keeps everything from one start to the next (default: nothing is kept)
  --seed PATH      what it holds at first: a folder bucket/path..., or a JSON file
  --latency MS     milliseconds that every request takes at least
  --dialect D      how it answers: a preset, switch=value,... or both (preset,switch=value,...); or a JSON file
  --fault F        a fault rule as JSON, or a JSON file of one or several; may be given again
  --allowed-host N a name beside localhost that leads here, .name for all below it; may be given again
  --help, --version
`;

/** What the command line asks for. */
export type Command =
  { readonly run: "start"; readonly options: EmulatorOptions } | { readonly run: "help" } | { readonly run: "version" };

/**
 * Reads the command line.
 *
 * @throws UsageError that says what is wrong with it.
 */
export function readCommandLine(args: readonly string[]): Command {
  const { help, version, port, data, seed, latency, dialect, fault, "allowed-host": allowedHosts } = parse(args);
  if (help === true) return { run: "help" };
  if (version === true) return { run: "version" };
  return {
    run: "start",
    options: {
      port: port === undefined ? DEFAULT_PORT : readNumber("--port", port),
      allowedHosts,
      dataDir: data,
      seed,
      latencyMs: latency === undefined ? undefined : readNumber("--latency", latency),
      dialect,
      faults: (fault ?? []).flatMap(readFaults),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        seed: { type: "string" },
        latency: { type: "string" },
        dialect: { type: "string" },
        fault: { type: "string", multiple: true },
        "allowed-host": { type: "string", multiple: true },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}

function readNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${option} "${text}" is not a number`);
  return Number(text);
}

function readFaults(given: string): readonly FaultRule[] {
  let text = given;
  if (!/^\s*[[{]/.test(given)) {
    try {
      text = readFileSync(given, "utf8");
    } catch {
      throw new UsageError(`--fault "${given}" is neither JSON nor a file that can be read`);
    }
  }
  try {
    const parsed = JSON.parse(text) as FaultRule | FaultRule[];
    return [parsed].flat();
  } catch {
    throw new UsageError(`--fault "${given}" is not valid JSON`);
  }
}
