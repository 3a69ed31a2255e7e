import type { ErrorCode } from "../../../provider/client";

// The retry table, written down once more and apart from the client's own: what a failure means, and what may follow it.

/** The ten operations, as the emulator names them. */
export type OperationName =
  | "listBuckets"
  | "getBucket"
  | "listFiles"
  | "getFile"
  | "patchFile"
  | "deleteFile"
  | "copyFiles"
  | "moveFiles"
  | "createToken"
  | "upload";

/** What may be done with one operation after a failure. */
export interface Row {
  /** Whether it changes anything, so that its outcome can be unknown. */
  writes: boolean;
  /** After an unknown outcome: send it `again`; `look` first, and send only what is missing; `stop`. */
  unknown: "again" | "look" | "stop";
  /** A success whose body can't be read: `again`, or `done`, as the next read tells the truth. */
  unreadable: "again" | "done";
  /** A 404: an answer like any other, or an error. */
  missing: "done" | "error";
  /** Whether a list, however empty, is an answer. */
  lists?: true;
  /** What it does may be done twice to the same effect. */
  absolute?: true;
  /** Whether it is sent on to another place of the same origin. */
  follows?: true;
  /** Compared with what was wanted: after a conflict, which may be with one's own work, and after more than 30 s. */
  compares?: true;
}

const asking = { writes: false, unknown: "again", unreadable: "again" } as const;
const reading = { ...asking, follows: true } as const;

/** What may follow, by operation. */
export const TABLE: Readonly<Record<OperationName, Row>> = {
  listBuckets: { ...reading, missing: "error", lists: true },
  getBucket: { ...reading, missing: "done" },
  listFiles: { ...reading, missing: "error", lists: true },
  getFile: { ...reading, missing: "done" },
  createToken: { ...asking, missing: "error" },
  patchFile: { writes: true, unknown: "again", unreadable: "done", missing: "error", absolute: true, compares: true },
  deleteFile: { writes: true, unknown: "again", unreadable: "done", missing: "done", absolute: true },
  moveFiles: { writes: true, unknown: "look", unreadable: "done", missing: "error", absolute: true },
  copyFiles: { writes: true, unknown: "stop", unreadable: "done", missing: "error" },
  upload: { writes: true, unknown: "stop", unreadable: "done", missing: "error" },
};

/** What one answer, or the want of one, means. */
export type Meaning =
  /** Odd, and an answer all the same. */
  | "fine"
  /** Nobody listened: nothing was sent. */
  | "not_sent"
  /** 429 and its like: nothing was done, and all are to wait. */
  | "slow_down"
  /** 408, 425, 5xx, a lost connection: it may have been done. */
  | "lost"
  /** The same, after a time-out. */
  | "silent"
  /** A connection that was idle is closed; what must not be lost is not sent over such a one. */
  | "idle_closed"
  /** A success with a body that is no JSON. */
  | "unreadable"
  /** A success with JSON that lacks everything. */
  | "lacking"
  /** A success with an empty list. */
  | "empty_list"
  /** 404 */
  | "missing"
  /** Refused for good. */
  | "refused"
  /** 409 */
  | "conflict"
  /** Sent on, within the origin. */
  | "elsewhere"
  /** Not the API at all, from a place that has never been. */
  | "wrong_place";

/** One answer of a script. */
export interface Step {
  means: Meaning;
  /** The code of the error, where it ends in one. */
  code: ErrorCode;
  /** Whether the request has had its effect. */
  effect?: boolean;
}

/** What has to happen. */
export interface Foretold {
  /** Requests of the operation that the client starts. */
  sent: number;
  /** Steps of the script that came to pass. */
  used: number;
  /** Whether, or how often, the effect is there in the end. */
  effects: number;
  /** How the call ends. */
  ends: ErrorCode | "well";
  /** Whether the error says that the outcome is not known. */
  unknown: boolean;
}

const ATTEMPTS = 5;
/** Two time-outs of 30 s are all that a call has patience for. */
const SILENT_ATTEMPTS = 2;
/** Where nothing ever answered, it is probably the wrong address. */
const FIRST_ATTEMPTS = 3;

/** What the table says of a script: each of its steps answers one request, and the real service those after them. */
export function foretell(name: OperationName, steps: readonly Step[], cold = false): Foretold {
  const row = TABLE[name];
  const told: Foretold = { sent: 0, used: 0, effects: 0, ends: "well", unknown: false };
  const take = (): void => {
    told.effects = row.absolute ? 1 : told.effects + 1;
  };
  for (let silent = 0; ;) {
    const step = steps[told.used];
    told.sent += 1;
    if (step === undefined || (step.means === "idle_closed" && row.unknown !== "again")) {
      if (row.writes) take();
      return told;
    }
    told.used += 1;
    if (step.effect && row.writes) take();
    const next = follow(row, step, told);
    if (step.means === "silent") silent += 1;
    const most = cold && step.means === "not_sent" ? FIRST_ATTEMPTS : ATTEMPTS;
    const tired = told.sent >= most || silent >= SILENT_ATTEMPTS;
    if (next === "done") return told;
    if (next === "stop" || tired) return { ...told, ends: step.code };
  }
}

function follow(row: Row, step: Step, told: Foretold): "again" | "done" | "stop" {
  switch (step.means) {
    case "fine":
      return "done";
    case "not_sent":
    case "slow_down":
      return "again";
    case "lost":
    case "silent":
    case "idle_closed":
      told.unknown = row.writes;
      if (row.unknown === "look" || (row.compares && step.means === "silent"))
        return told.effects > 0 ? "done" : "again";
      return row.unknown;
    case "unreadable":
      return row.unreadable;
    case "lacking":
      return row.unreadable === "done" ? "done" : "stop";
    case "empty_list":
      return row.lists || row.unreadable === "done" ? "done" : "stop";
    case "missing":
      return row.missing === "done" ? "done" : "stop";
    case "conflict":
      return told.unknown && row.compares && told.effects > 0 ? "done" : "stop";
    case "elsewhere":
      return row.follows ? "again" : "stop";
    case "wrong_place":
      told.unknown ||= row.writes;
      return "stop";
    case "refused":
      return "stop";
  }
}
