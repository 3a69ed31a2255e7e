import { useMemo, useState } from "preact/hooks";
import { control } from "./doors";
import { useAnswer, useDeed, usePage, useTopic } from "./hooks";
import { counted, type Kind, type Rule } from "./model";

/** The faults in force with their hits, and a form for another. */
export function FaultsPanel() {
  const { say } = usePage();
  const settings = useTopic("settings");
  const [run, isBusy] = useDeed();
  const [kindName, setKind] = useState("status");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({ "args.status": "503" });
  const rules = useAnswer(() => control<{ faults: Rule[] }>("GET", "faults"), [settings])?.faults ?? [];
  const kinds = useAnswer(() => control<Record<string, Kind>>("GET", "kinds"), []);
  const routes = useAnswer(() => control<{ routes: { operation: string }[] }>("GET", "routes"), [])?.routes;
  const kind = kinds?.[kindName];
  const operations = useMemo(() => {
    const all = [...new Set((routes ?? []).map(({ operation }) => operation))];
    return kind === undefined || kind.operations.includes("*") ? ["*", ...all] : ["*", ...kind.operations];
  }, [routes, kind]);
  const valueOf = (name: string): string => values[name] ?? "";
  const set = (name: string, value: string): void => {
    setValues({ ...values, [name]: value });
  };
  const put = (next: readonly unknown[]): Promise<boolean> => run(() => control("PUT", "faults", next));
  const add = async (): Promise<void> => {
    const isDone = await put([...rules.map(withoutHits), ruleOf(kindName, kind, valueOf)]);
    if (isDone) say(`The fault ${kindName} is in force`);
  };
  return (
    <section class="card" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      <p class="quiet">What goes wrong on purpose, to see what a program makes of it.</p>
      {rules.length === 0 ? (
        <p class="none">None is in force.</p>
      ) : (
        <ul class="rules">
          {rules.map((rule, index) => (
            <li key={`${String(index)} ${JSON.stringify(withoutHits(rule))}`}>
              <div class="rule">
                <strong>{rule.kind}</strong> <span class="quiet">{inWords(rule)}</span>
              </div>
              <span class="chip">{counted(rule.hits, "hit")}</span>
              <button
                type="button"
                class="ghost"
                disabled={isBusy}
                aria-label={`Remove the fault ${rule.kind}`}
                onClick={() => void put(rules.filter((_, other) => other !== index).map(withoutHits))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {kinds !== undefined && (
        <form
          class="fields"
          aria-label="A fault to add"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <label>
            <span>Kind</span>
            <select
              value={kindName}
              onChange={(event) => {
                setKind(event.currentTarget.value);
                setValues({});
              }}
            >
              {Object.keys(kinds).map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>Operation</span>
            <select value={valueOf("op") || "*"} onChange={(event) => set("op", event.currentTarget.value)}>
              {operations.map((name) => (
                <option key={name} value={name}>
                  {name === "*" ? "any" : name}
                </option>
              ))}
            </select>
          </label>
          <p class="about">{kind?.about}</p>
          {Object.entries(kind?.args ?? {}).map(([name, about]) => (
            <Argument
              key={`${kindName} ${name}`}
              name={name}
              about={about}
              isRequired={kind?.required.includes(name) === true}
              value={valueOf(`args.${name}`)}
              onValue={(value) => set(`args.${name}`, value)}
            />
          ))}
          {kind !== undefined && kind.phases.length > 1 && (
            <label>
              <span>When</span>
              <select value={valueOf("phase")} onChange={(event) => set("phase", event.currentTarget.value)}>
                <option value="">as usual for it</option>
                {kind.phases.map((phase) => (
                  <option key={phase} value={phase}>
                    {phase === "before" ? "before the request takes effect" : "after the request took effect"}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            <span>How often</span>
            <input
              type="number"
              min="0"
              placeholder="always"
              value={valueOf("times")}
              onInput={(event) => set("times", event.currentTarget.value)}
            />
          </label>
          <label>
            <span>Only for paths like</span>
            <input
              type="text"
              placeholder="site/**"
              value={valueOf("glob")}
              spellcheck={false}
              onInput={(event) => set("glob", event.currentTarget.value)}
            />
          </label>
          <div class="deeds">
            <button type="submit" class="primary" disabled={isBusy}>
              Add fault
            </button>
            {rules.length > 0 && (
              <button type="button" disabled={isBusy} onClick={() => void put([])}>
                Remove all
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}

function Argument({
  name,
  about,
  isRequired,
  value,
  onValue,
}: {
  readonly name: string;
  readonly about: string;
  readonly isRequired: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const choices = about.includes(" | ") ? about.split(" | ") : undefined;
  return (
    <label>
      <span>
        {name} {isRequired && <em>needed</em>}
      </span>
      {choices === undefined ? (
        <input
          type="text"
          placeholder={about}
          required={isRequired}
          value={value}
          spellcheck={false}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      ) : (
        <select value={value} required={isRequired} onChange={(event) => onValue(event.currentTarget.value)}>
          <option value="">as usual for it</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}

function ruleOf(kindName: string, kind: Kind | undefined, valueOf: (name: string) => string): unknown {
  const args = Object.entries(kind?.args ?? {}).flatMap(([name, about]) => {
    const text = valueOf(`args.${name}`);
    if (text === "") return [];
    return [[name, about !== "text" && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text]];
  });
  const [phase, times, glob] = [valueOf("phase"), valueOf("times"), valueOf("glob")];
  return {
    op: valueOf("op") || "*",
    kind: kindName,
    ...(args.length === 0 ? {} : { args: Object.fromEntries(args) as unknown }),
    ...(phase === "" ? {} : { phase }),
    ...(times === "" ? {} : { times: Number(times) }),
    ...(glob === "" ? {} : { match: { path_glob: glob } }),
  };
}

function withoutHits({ hits: _hits, ...rule }: Rule): unknown {
  return rule;
}

function inWords({ op, args, match, times, probability }: Rule): string {
  const pairs = (values: Readonly<Record<string, unknown>> | undefined): string =>
    Object.entries(values ?? {})
      .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(", ");
  return [
    op === "*" ? "any operation" : op,
    pairs(args),
    match === undefined ? "" : `where ${pairs(match)}`,
    times === undefined ? "" : counted(times, "time"),
    probability === undefined ? "" : `chance ${String(probability)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
