import { plot } from "./plot";
import type { ImportTime } from "./import-time";
import type { Distance, Planned } from "./planner";
import type { Phase, Result } from "./measure";
import { FLOORS } from "./programs";

const PHASES = ["first up", "unchanged up", "refresh", "rearrange"];
const MIB = 1024 * 1024;

/** Everything that one run measured. */
export interface Measured {
  readonly results: readonly Result[];
  readonly importTime: ImportTime;
  readonly planner: readonly Planned[];
  readonly distances: readonly Distance[];
  readonly machine: string;
}

/** The page that shows what was measured. */
export function page({ results, importTime, planner, distances, machine }: Measured): string {
  const cases = [...new Set(results.map(({ files, latency }) => `${String(files)}/${String(latency)}`))];
  const tables = cases.map((key) => {
    const [files, latency] = key.split("/").map(Number) as [number, number];
    return table(results, files, latency);
  });
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`, which runs everything again on your machine. Seconds depend on the machine; compare the ratios, and the",
    "counts of requests, which don't, save the writes of a ManagedFile's moves: those that are under way at the same time go together.",
    "",
    `Machine: ${machine}. The service is the emulator, which answers after the latency that is named. Backend: a local file, with`,
    "Pulumi's defaults.",
    "",
    "- **floor**: dynamic resources whose provider does nothing: what the engine itself needs for so many resources.",
    "- **wide floor**: the same with as many inputs and outputs as a ManagedFile has: what any dynamic resource of that size costs.",
    "- **plain**: a dynamic provider as introductions to them teach it: axios, one request a step, nothing verified.",
    "- **script**: no Pulumi: list the bucket, one `PATCH {path, visibility}` a file, eight at a time, nothing verified.",
    "- **first up** takes over files that are there; **rearrange** changes the folder of every file, the name of each tenth and the visibility of",
    "  each tenth; **shuffle** puts every file at another one's place. Each is checked at the service afterwards.",
    "- With up to 100 files, where the engine's own start is most of it, everything was measured five times in turns; the median is shown.",
    "- The provider's memory is the most that its process had resident in any `up`, and in `refresh`.",
    "- Requests are written as reads + writes. *Least* is the fewest writes that any plan needs in the documented calls.",
    "",
    "![Seconds to rearrange all files](benchmarks.svg)",
    "",
    ...tables,
    "## What the time goes into",
    "",
    "- **The engine.** It writes the whole state after each step of each resource, so that its time grows with the square of their number, and",
    "  with what state holds of each: that is why a ManagedFile, which keeps less in state, can take less time than a resource that does",
    "  nothing. A FileLayout is one resource, and its row is what the engine needs at least (see *unchanged up*), and the service's time.",
    "- **Properties of a ManagedFile.** It has 16 of them beside its provider where the floor's resources have two. In an `up`, Pulumi's SDK notes a",
    "  stack trace for each property of each resource in the program, which by a profiler is most of what an unchanged up takes longer than the",
    "  floor; in a refresh, the SDK packs and unpacks each of them three times. The wide floor has as many, and does nothing with them.",
    ...besideWide(results),
    "- **Round trips of a ManagedFile.** An update looks at the file and at its place at the same time, writes, and reads again; a plain provider",
    "  only writes. By a profiler these requests are what the provider's process takes longer than that of the wide floor: axios, and a connection",
    "  for each write. The engine runs several updates at a time, so that at 1,000 files, where its own work for each takes longer than",
    "  that, nothing of it shows; at 100 files and 50 ms it does.",
    "- **Round trips of a FileLayout.** One listing for the preview's part, one before the update, one after each level of the plan; pages of a",
    "  listing are asked for eight at a time, requests of a level all at once. The script lists once, and verifies nothing; it",
    "  starts no engine either, so that without latency it is done before an engine has started.",
    "- **Memory.** `@pulumi/pulumi` by itself takes about 120 MiB. With 10,000 files the most is what the engine's messages are unpacked to: the",
    "  answer to a refresh holds state and inputs of all of them at once, before and after the provider's own work.",
    "",
    "## Planning a layout",
    "",
    "How long FileLayout's planner takes by itself, and how many requests its plan is above the fewest that any plan needs.",
    "",
    row(["", "seconds", "requests", "above the fewest"]),
    row(["---", "---", "---", "---"]),
    ...planner.map(({ label, seconds, requests, over }) =>
      row([label, seconds.toFixed(2), requests.toLocaleString("en"), String(over)]),
    ),
    "",
    "Random layouts of 1,000 files each, how many of them are at most 2 above the fewest, and the most that one is above:",
    "",
    row(["", "layouts", "at most 2 above", "most"]),
    row(["---", "---", "---", "---"]),
    ...distances.map(({ label, layouts, near, most }) =>
      row([label, String(layouts), `${((near / layouts) * 100).toFixed(1)} %`, String(most)]),
    ),
    "",
    "## Starting a program",
    "",
    `\`import "pulumi-mediasaur"\` takes ${importTime.own.toFixed(0)} ms beside the ${importTime.pulumi.toFixed(0)} ms of \`@pulumi/pulumi\` (median of fresh processes).`,
    "",
  ].join("\n");
}

/** How ManagedFile stands beside the resources that are as wide and do nothing, where the service answers at once. */
function besideWide(results: readonly Result[]): string[] {
  return results
    .filter(({ subject }) => subject === "wide floor")
    .flatMap((wide) => {
      const files = results.find(
        (result) => result.subject === "ManagedFile" && result.files === wide.files && result.latency === wide.latency,
      );
      if (files === undefined) return [];
      const ratios = PHASES.map((name) => {
        const [mine, its] = [files.phases[name]?.seconds ?? NaN, wide.phases[name]?.seconds ?? NaN];
        return `${name} ${(mine / its).toFixed(2)} x`;
      });
      return [`  ManagedFile beside it, ${wide.files.toLocaleString("en")} files, 0 ms: ${ratios.join(", ")}.`];
    });
}

/** The picture on that page. */
export function picture(results: readonly Result[]): string {
  return plot(
    results.map(({ subject, files, latency, phases }) => ({
      group: `${files.toLocaleString("en")} files, ${String(latency)} ms`,
      subject,
      value: phases.rearrange?.seconds,
    })),
  );
}

function table(results: readonly Result[], files: number, latency: number): string {
  const rows = results.filter((result) => result.files === files && result.latency === latency);
  // The floors ask no service, so they are measured without latency only.
  const floors = results.filter((result) => FLOORS.has(result.subject) && result.files === files);
  const floor = floors.find(({ subject }) => subject === "floor");
  const shown = [...floors, ...rows.filter((result) => !floors.includes(result))];
  const cells = shown.map((result) => [
    result.subject,
    ...PHASES.map((phase) => cell(result.phases[phase], floor?.phases[phase])),
    result.stateBytes === undefined ? "" : `${String(Math.round(result.stateBytes / files))} B`,
    memory(result),
  ]);
  const [first] = rows;
  const layout = rows.find(({ subject }) => subject === "FileLayout");
  const shuffle = layout?.phases.shuffle;
  const header = ["", ...PHASES, "state, a file", "provider's memory: up, refresh"];
  return [
    `## ${files.toLocaleString("en")} files, latency ${String(latency)} ms`,
    "",
    row(header),
    row(header.map(() => "---")),
    ...cells.map(row),
    "",
    `Least writes to rearrange: ${String(first?.least.rearrange)}.` +
      (shuffle === undefined
        ? ""
        : ` FileLayout's shuffle: ${seconds(shuffle)}, ${requests(shuffle)}, least ${String(layout?.least.shuffle)}.`),
    "",
  ].join("\n");
}

function memory({ phases: { refresh, ...ups } }: Result): string {
  const up = Math.max(0, ...Object.values(ups).map(({ peakBytes = 0 }) => peakBytes));
  return up === 0 ? "" : `${(up / MIB).toFixed(0)} MiB, ${((refresh?.peakBytes ?? 0) / MIB).toFixed(0)} MiB`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(phase: Phase | undefined, floor: Phase | undefined): string {
  if (phase === undefined) return "";
  const ratio = floor === undefined || floor === phase ? "" : ` (${(phase.seconds / floor.seconds).toFixed(2)} x)`;
  return `${seconds(phase)}${ratio}, ${requests(phase)}`;
}

function seconds(phase: Phase): string {
  return `${phase.seconds.toFixed(1)} s`;
}

function requests({ reads, writes }: Phase): string {
  return `${String(reads)} + ${String(writes)}`;
}
