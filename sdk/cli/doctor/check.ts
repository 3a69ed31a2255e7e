import { redact } from "../../../provider/client";
import { messageOf } from "../message";

/** `warning`: the provider works, less well; `failed`: it does not; `skipped`: it could not be found out. */
export type Status = "ok" | "warning" | "failed" | "skipped";

/** What a check found. */
export interface Finding {
  readonly status: Status;
  /** One line. */
  readonly detail: string;
}

/** One row of the doctor's table. */
export interface Check extends Finding {
  /** Stable name, for programs. */
  readonly id: string;
  /** For people. */
  readonly title: string;
}

/** Makes a finding. */
export const found = (status: Status, detail: string): Finding => ({ status, detail });

/** Runs one check. Whatever it throws is what it found. */
export async function check(id: string, title: string, work: () => Promise<Finding> | Finding): Promise<Check> {
  try {
    const finding = await work();
    return { id, title, ...finding, detail: redact(finding.detail) };
  } catch (error) {
    return { id, title, status: "failed", detail: messageOf(error) };
  }
}
