import type { FaultMatch, FaultRule } from "../options";
import { allOperations, operationNames, type OperationName } from "../operations/names";
import { globExpression } from "../paths";
import { UsageError } from "../usage-error";
import { seededRandom } from "../random";
import type { FaultKind, FaultPhase, FaultScene } from "./kind";
import { faultKinds } from "./kinds";

/** What a request concerns, as far as rules can ask. */
export interface RequestFacts {
  readonly buckets: readonly string[];
  readonly paths: readonly string[];
  readonly fileIds: readonly string[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A rule that has fired. */
export interface Fault {
  readonly name: string;
  readonly kind: FaultKind;
  readonly phase: FaultPhase;
  readonly scene: FaultScene;
}

interface ActiveRule {
  readonly rule: FaultRule;
  readonly kind: FaultKind;
  readonly matches: (operation: OperationName, facts: RequestFacts) => boolean;
  readonly random: () => number;
  readonly memory: Map<string, number>;
  seen: number;
  hits: number;
}

/** The faults in force. */
export class Faults {
  #active: readonly ActiveRule[] = [];

  /** Faults that end the process are refused where it is somebody else's. */
  constructor(private readonly ownsProcess: boolean) {}

  /**
   * Puts other rules in force, all or none.
   *
   * @throws UsageError for a rule that could never do what it says.
   */
  set(rules: unknown): void {
    if (!Array.isArray(rules)) throw new UsageError("faults are a list of rules");
    this.#active = rules.map((rule) => activate(rule, this.ownsProcess));
  }

  /** The rules, each with how often it has fired. */
  list(): readonly (FaultRule & { readonly hits: number })[] {
    return this.#active.map(({ rule, hits }) => ({ ...rule, hits }));
  }

  /** The fault for a request, if any rule fires: the first that does. */
  pick(facts: RequestFacts, request: Omit<FaultScene, "args" | "memory" | "random">): Fault | undefined {
    for (const active of this.#active) {
      const { rule, kind, memory, random } = active;
      if (!active.matches(request.operation, facts)) continue;
      if (active.seen++ < (rule.skip ?? 0)) continue;
      if (rule.probability === undefined ? active.hits >= (rule.times ?? Infinity) : random() >= rule.probability) {
        continue;
      }
      const args = rule.args ?? {};
      const scene = { ...request, args, memory, random };
      if (kind.applies?.(scene) === false) continue;
      active.hits++;
      return { name: rule.kind, kind, phase: rule.phase ?? kind.phaseFor?.(args) ?? kind.phases[0] ?? "before", scene };
    }
    return undefined;
  }
}

const ruleFields = new Set(["op", "match", "skip", "times", "probability", "seed", "phase", "kind", "args", "hits"]);
const matchFields = new Set(["bucket", "path_glob", "file_id", "header"]);
const aliases: Readonly<Record<string, string>> = operationNames;

function activate(given: unknown, ownsProcess: boolean): ActiveRule {
  if (!isObject(given)) throw new UsageError("a fault rule is an object");
  const rule = given as unknown as FaultRule;
  for (const field of Object.keys(given))
    refuseUnless(ruleFields.has(field), `unknown field "${field}" in a fault rule`);
  const op = Object.hasOwn(aliases, rule.op) ? aliases[rule.op] : rule.op;
  const known = op === "*" || (allOperations as readonly unknown[]).includes(op);
  refuseUnless(known, `unknown operation "${rule.op}" in a fault rule: ${allOperations.join(", ")} or *`);
  refuseUnless(Object.hasOwn(faultKinds, rule.kind), `unknown kind of fault "${rule.kind}"`);
  const kind = faultKinds[rule.kind] as FaultKind;
  refuseUnless(
    ownsProcess || kind.endsProcess !== true,
    `the fault "${rule.kind}" ends the process: it is for the command, not for startEmulator`,
  );
  const { operations } = kind;
  refuseUnless(
    op === "*" || operations === undefined || (operations as readonly unknown[]).includes(op),
    `the fault "${rule.kind}" happens to ${operations?.join(", ") ?? ""} only`,
  );
  const phases = kind.phases.join(", ");
  refuseUnless(
    rule.phase === undefined || kind.phases.includes(rule.phase),
    `the fault "${rule.kind}" has the phases ${phases}`,
  );
  checkArgs(rule, kind);
  for (const count of [rule.skip, rule.times]) {
    refuseUnless(count === undefined || (Number.isInteger(count) && count >= 0), "skip and times are counts");
  }
  refuseUnless(rule.times === undefined || rule.probability === undefined, "times and probability exclude each other");
  const chance = rule.probability ?? 0;
  refuseUnless(typeof chance === "number" && chance >= 0 && chance <= 1, "probability is a number from 0 to 1");
  const concerns = compileMatch(rule.match);
  return {
    rule: { ...rule },
    kind,
    matches: (operation, facts) =>
      (op === "*" || op === operation) && operations?.includes(operation) !== false && concerns(facts),
    random: seededRandom(rule.seed ?? 1),
    memory: new Map(),
    seen: 0,
    hits: 0,
  };
}

function checkArgs(rule: FaultRule, kind: FaultKind): void {
  const args: unknown = rule.args ?? {};
  if (!isObject(args)) throw new UsageError("the args of a fault are an object");
  for (const [name, value] of Object.entries(args)) {
    const check = Object.hasOwn(kind.args, name) ? kind.args[name] : undefined;
    refuseUnless(check !== undefined, `the fault "${rule.kind}" has no argument "${name}"`);
    const problem = `the fault "${rule.kind}" can't have ${name} = ${JSON.stringify(value)}: ${check?.about ?? ""}`;
    refuseUnless(check?.accepts(value) === true, problem);
  }
  for (const name of kind.required ?? []) refuseUnless(name in args, `the fault "${rule.kind}" needs args.${name}`);
}

function compileMatch(match: FaultMatch | undefined): (facts: RequestFacts) => boolean {
  if (match === undefined) return () => true;
  const given: unknown = match;
  if (!isObject(given)) throw new UsageError("the match of a fault rule is an object");
  for (const field of ["bucket", "path_glob", "file_id"]) {
    refuseUnless(["undefined", "string"].includes(typeof given[field]), `match.${field} must be text`);
  }
  for (const field of Object.keys(match)) refuseUnless(matchFields.has(field), `a fault can't match on "${field}"`);
  const glob = match.path_glob === undefined ? undefined : globExpression(match.path_glob);
  const headers = Object.entries(match.header ?? {});
  return ({ buckets, paths, fileIds, headers: given }) =>
    (match.bucket === undefined || buckets.includes(match.bucket)) &&
    (match.file_id === undefined || fileIds.includes(match.file_id)) &&
    (glob === undefined || paths.some((path) => glob.test(path))) &&
    headers.every(([name, value]) => {
      const found = given[name.toLowerCase()];
      return value === "*" ? found !== undefined : found === value;
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUnless(condition: boolean, message: string): void {
  if (!condition) throw new UsageError(message);
}
