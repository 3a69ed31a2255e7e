import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "../answer";
import type { Call, Surroundings } from "../operations/call";
import type { OperationName } from "../operations/names";
import type { ArgumentType } from "./arguments";

/** When a fault happens, seen from the request's effect. */
export type FaultPhase = "before" | "after";

/** What a fault can do to the server itself. */
export interface FaultHost {
  /** Whether the process is the emulator's own, so that it may end. */
  readonly ownsProcess: boolean;
  /** Ends the process at once. */
  crash(): void;
  /** Closes the listener, and every connection, for so many milliseconds. */
  shut(ms: number): void;
  /** Cuts the connections of the next so many requests. */
  cutNext(requests: number): void;
}

/** A request that a fault may happen to. */
export interface FaultScene {
  readonly args: Readonly<Record<string, unknown>>;
  /** What the rule remembers from one request to the next. */
  readonly memory: Map<string, number>;
  /** The rule's own generator. */
  readonly random: () => number;
  readonly operation: OperationName;
  readonly call: Call;
  readonly around: Surroundings;
  readonly host: FaultHost;
  readonly headers: IncomingHttpHeaders;
  /** Path and query of the request. */
  readonly url: string;
  /** Whether the connection has served a request before. */
  readonly isReused: boolean;
}

/** A kind of fault: for what, with which arguments, and what it does. */
export interface FaultKind {
  readonly about: string;
  /** The first is the default, unless `phaseFor` has another. */
  readonly phases: readonly FaultPhase[];
  readonly phaseFor?: (args: FaultScene["args"]) => FaultPhase;
  readonly args: Readonly<Record<string, ArgumentType>>;
  readonly required?: readonly string[];
  /** The operations that it can happen to. @default all */
  readonly operations?: readonly OperationName[];
  /** It ends the process, so that it is for the command only. */
  readonly endsProcess?: true;
  /** Whether it happens to this request; where it does not, the rule has not fired. */
  readonly applies?: (scene: FaultScene) => boolean;
  /** Changes the request, or the world, before the request has its effect. */
  readonly prepare?: (scene: FaultScene) => Call | undefined;
  /** Has the effect happen in its own way. */
  readonly around?: (scene: FaultScene, effect: () => Answer) => Answer;
  /** The answer in place of the real one; undefined lets the request go on. The real one is there after the effect only. */
  readonly happen?: (scene: FaultScene, answer: Answer | undefined) => Promise<Answer | undefined> | Answer | undefined;
}

/** Kinds of faults by name. */
export type FaultKinds = Readonly<Record<string, FaultKind>>;
