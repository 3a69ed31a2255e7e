import { CommandFailure, EXIT } from "../command-failure";
import { environmentConfig } from "../environment";
import { Progress } from "../terminal";
import { examine } from "./examine";
import { tableOf } from "./table";
import { experiment } from "./write/experiment";
import { experimentsTable } from "./write/table";

/** The options of `doctor`. */
export interface DoctorOptions {
  readonly bucket?: string;
  readonly json?: boolean;
  readonly write?: boolean;
}

/** What a command that a person ended with Ctrl-C exits with, as shells do. */
const INTERRUPTED = 130;

/** `doctor`: prints what is right and what is wrong with the service, as the provider sees it. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const { bucket, json = false, write = false } = options;
  if (write && bucket === undefined) {
    throw new CommandFailure("--write needs --bucket: name the bucket that may be written to.", EXIT.usage);
  }
  const progress = new Progress();
  const say = (title: string): void => {
    progress.show(`checking ${title} ...`);
  };
  const report = await examine(bucket, say);
  if (!write || bucket === undefined || !report.ok) {
    progress.clear();
    process.stdout.write(json ? jsonOf(report) : tableOf(report, process.stdout));
    return report.ok ? EXIT.ok : EXIT.failed;
  }
  const experiments = await untilInterrupted((stop) => experiment(environmentConfig(), bucket, stop, say));
  progress.clear();
  const ok = experiments.left.length === 0 && !experiments.interrupted;
  const { assumptions: _, ...checked } = report;
  process.stdout.write(
    json
      ? jsonOf({ ...checked, ok, experiments })
      : tableOf({ ...report, assumptions: [] }, process.stdout) + experimentsTable(experiments, process.stdout),
  );
  if (experiments.interrupted) return INTERRUPTED;
  return ok ? EXIT.ok : EXIT.failed;
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Ctrl-C once ends the work in order; twice, at once. */
async function untilInterrupted<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(INTERRUPTED);
    abort.abort();
    process.stderr.write("pulumi-mediasaur: stopping, and cleaning up; once more to end at once\n");
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    return await work(abort.signal);
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}
