import { useState } from "preact/hooks";
import { control } from "./doors";
import { useAnswer, useDeed, usePage, useTopic } from "./hooks";
import type { Switch } from "./model";

type Preset = { readonly about: string; readonly switches: Readonly<Record<string, string>> };

const OWN = "(your own)";

/** How the emulator answers: a preset, and every switch with what it is about. */
export function DialectPanel() {
  const { say } = usePage();
  const settings = useTopic("settings");
  const [run, isBusy] = useDeed();
  const [query, setQuery] = useState("");
  const current = useAnswer(() => control<Record<string, string>>("GET", "dialect"), [settings]);
  const switches = useAnswer(() => control<Record<string, Switch>>("GET", "dialects"), []);
  const presets = useAnswer(() => control<Record<string, Preset>>("GET", "presets"), []);
  if (current === undefined || switches === undefined || presets === undefined) {
    return <section class="card">Loading…</section>;
  }
  const isInForce = (preset: Preset): boolean =>
    Object.entries(switches).every(([name, { values }]) => current[name] === (preset.switches[name] ?? values[0]));
  const inForce = Object.keys(presets).find((name) => isInForce(presets[name] as Preset)) ?? OWN;
  const unusual = Object.entries(switches).filter(([name, { values }]) => current[name] !== values[0]).length;
  const put = (change: Readonly<Record<string, string>>, said: string): void => {
    void run(async () => {
      await control("PUT", "dialect", change);
      say(said);
    });
  };
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = Object.entries(switches).filter(([name, { about, values }]) =>
    words.every((word) => `${name} ${about} ${values.join(" ")}`.toLowerCase().includes(word)),
  );
  return (
    <section class="card wide" aria-labelledby="dialect-title">
      <h2 id="dialect-title">Dialect</h2>
      <p class="quiet">
        How the service answers where its documentation leaves that open. What you do on this page takes effect as
        documented, whatever the dialect.
      </p>
      <div class="fields">
        <label>
          <span>Preset</span>
          <select
            value={inForce}
            disabled={isBusy}
            onChange={(event) => {
              const preset = event.currentTarget.value;
              if (preset !== OWN) put({ preset }, `The preset ${preset} is in force`);
            }}
          >
            {inForce === OWN && <option value={OWN}>{OWN}</option>}
            {Object.keys(presets).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p class="about">
          {presets[inForce]?.about ?? "switches of your own choice"}
          {unusual > 0 && ` · ${String(unusual)} ${unusual === 1 ? "switch is" : "switches are"} not at the default`}
        </p>
        <label>
          <span>Find a switch</span>
          <input
            type="text"
            value={query}
            spellcheck={false}
            placeholder="by name or meaning"
            onInput={(event) => {
              setQuery(event.currentTarget.value);
            }}
          />
        </label>
      </div>
      <div class="switches">
        {shown.map(([name, definition]) => (
          <SwitchRow
            key={name}
            name={name}
            definition={definition}
            value={current[name] ?? ""}
            onValue={(value) => put({ [name]: value }, `${name} is ${value} now`)}
          />
        ))}
        {shown.length === 0 && <p class="none">No switch is like that.</p>}
      </div>
    </section>
  );
}

function SwitchRow({
  name,
  definition: { about, values, takes },
  value,
  onValue,
}: {
  readonly name: string;
  readonly definition: Switch;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const plain = values.includes(value) ? value : value.slice(0, value.indexOf(":"));
  const argument = values.includes(value) ? "" : value.slice(plain.length + 1);
  const kind = takes?.[plain];
  return (
    <div class={`switch${value === values[0] ? "" : " unusual"}`}>
      <label>
        <span class="mono">{name}</span>
        <select
          value={plain}
          aria-description={about.replaceAll("`", "")}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {values.map((one, index) => (
            <option key={one} value={one}>
              {index === 0 ? `${one} (default)` : one}
            </option>
          ))}
        </select>
      </label>
      {kind !== undefined && (
        <input
          type="text"
          aria-label={`${kind} of ${name}`}
          placeholder={kind}
          value={argument}
          spellcheck={false}
          onChange={(event) => {
            const text = event.currentTarget.value.trim();
            onValue(text === "" ? plain : `${plain}:${text}`);
          }}
        />
      )}
      <p class="quiet">{about.replaceAll("`", "")}</p>
    </div>
  );
}
