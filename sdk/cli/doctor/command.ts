import { EXIT } from "../command-failure";
import { Progress } from "../terminal";
import { examine } from "./examine";
import { tableOf } from "./table";

/** The options of `doctor`. */
export interface DoctorOptions {
  readonly bucket?: string;
  readonly json?: boolean;
}

/** `doctor`: prints what is right and what is wrong with the service, as the provider sees it. */
export async function doctor(options: DoctorOptions): Promise<number> {
  const progress = new Progress();
  const report = await examine(options.bucket, (title) => {
    progress.show(`checking ${title} ...`);
  });
  progress.clear();
  process.stdout.write(
    options.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : tableOf(report, process.stdout),
  );
  return report.ok ? EXIT.ok : EXIT.failed;
}
