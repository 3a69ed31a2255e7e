import type { Answer } from "../answer";
import { amount, count, failingStatus, oneOf, positive, text, textOr } from "./arguments";
import { garbage } from "./garbage";
import type { FaultKinds } from "./kind";

/** What goes wrong between the service and its client. */
export const wireKinds: FaultKinds = {
  latency: {
    about: "takes longer: before all, or with headers and then nothing for a while, or a few bytes at a time",
    phases: ["before", "after"],
    phaseFor: ({ form = "wait" }) => (form === "wait" ? "before" : "after"),
    args: { ms: amount, jitter: amount, form: oneOf("wait", "headers_then_stall", "dribble") },
    required: ["ms"],
    happen: async ({ args, random }, answer) => {
      const ms = Number(args["ms"]) + random() * Number(args["jitter"] ?? 0);
      const form = args["form"];
      if (answer !== undefined && (form === "headers_then_stall" || form === "dribble")) {
        return { ...answer, wire: { kind: "slow", form, ms } };
      }
      await new Promise((resolve) => setTimeout(resolve, ms).unref());
      return answer;
    },
  },
  reset: {
    about: "the connection is reset, with no answer",
    phases: ["before", "after"],
    args: {},
    happen: () => cut("reset"),
  },
  close: {
    about: "the connection is closed, with no answer",
    phases: ["before", "after"],
    args: {},
    happen: () => cut("close"),
  },
  refuse: {
    about:
      "nobody listens for so many ms, over the network not even to the control surface; or so many requests are cut",
    phases: ["before"],
    args: { ms: positive, attempts: positive },
    happen: ({ args, host }) => {
      const attempts = args["attempts"];
      if (attempts === undefined) host.shut(Number(args["ms"] ?? 500));
      else host.cutNext(Number(attempts) - 1);
      return cut("reset");
    },
  },
  keepalive_close: {
    about: "a connection that was idle is closed as its next request arrives; the first request of one is served",
    phases: ["before"],
    args: {},
    applies: ({ isReused }) => isReused,
    happen: () => cut("reset"),
  },
  truncate: {
    about: "the body ends early: short of its declared length, in the middle of chunks, or cleanly",
    phases: ["after"],
    args: { bytes: count, framing: oneOf("declared", "chunked", "clean") },
    happen: ({ args }, answer) => {
      if (answer === undefined) return undefined;
      const framing = (args["framing"] ?? "declared") as "declared" | "chunked" | "clean";
      return { ...answer, wire: { kind: "cut", after: Number(args["bytes"] ?? 10), framing } };
    },
  },
  garbage: {
    about: "a body that is no answer",
    phases: ["after", "before"],
    args: {
      body: oneOf(...Object.keys(garbage)),
      status: { ...failingStatus, accepts: count.accepts, about: "a status" },
      bytes: count,
    },
    happen: ({ args }, answer) => {
      const real = answer?.body === undefined ? "{}" : JSON.stringify(answer.body);
      const { status = 200, ...rest } =
        garbage[textOr(args["body"], "html")]?.(real, Number(args["bytes"] ?? 2 ** 25)) ?? {};
      return { status: Number(args["status"] ?? status), ...rest };
    },
  },
  redirect: {
    about: "sends the client elsewhere: to the same path at another origin, or to a location",
    phases: ["before"],
    args: { status: oneOf(301, 302, 303, 307, 308), location: text, origin: text },
    happen: ({ args, url }) => ({
      status: Number(args["status"] ?? 307),
      headers: { location: textOr(args["location"], `${textOr(args["origin"], "")}${url}`) },
      text: "",
    }),
  },
};

/** The answer that is none: the connection is cut. */
export function cut(kind: "reset" | "close"): Answer {
  return { status: 0, wire: { kind } };
}
