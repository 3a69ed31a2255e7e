/** One bar: `undefined` where nothing was measured. */
export interface Bar {
  readonly group: string;
  readonly subject: string;
  readonly value: number | undefined;
}

const COLOURS: Readonly<Record<string, string>> = {
  floor: "#b0b7c3",
  "wide floor": "#8791a3",
  plain: "#e0a458",
  ManagedFile: "#4c78a8",
  FileLayout: "#2a9d6f",
  script: "#8e6bbf",
};
const LEFT = 190;
const WIDTH = 760;
const BAR = 16;
const GAP = 14;

/** Horizontal bars in groups, seconds on a logarithmic scale, as SVG. */
export function plot(bars: readonly Bar[]): string {
  const measured = bars.filter((bar): bar is Bar & { value: number } => bar.value !== undefined);
  const most = Math.max(...measured.map(({ value }) => value));
  const least = Math.min(...measured.map(({ value }) => value)) / 2;
  const length = (value: number): number => (Math.log(value / least) / Math.log(most / least)) * (WIDTH - LEFT - 90);
  const parts: string[] = [];
  let y = 40;
  for (const group of new Set(measured.map((bar) => bar.group))) {
    parts.push(text(10, y + BAR, group, "bold"));
    for (const { subject, value } of measured.filter((bar) => bar.group === group)) {
      y += BAR + 4;
      const end = LEFT + length(value);
      parts.push(
        text(LEFT - 8, y + BAR - 4, subject, "normal", "end"),
        `<rect x="${String(LEFT)}" y="${String(y)}" width="${(end - LEFT).toFixed(1)}" height="${String(BAR)}" fill="${COLOURS[subject] ?? "#888"}"/>`,
        text(end + 6, y + BAR - 4, `${value.toFixed(1)} s`),
      );
    }
    y += BAR + GAP;
  }
  const size = `width="${String(WIDTH)}" height="${String(y + 10)}" viewBox="0 0 ${String(WIDTH)} ${String(y + 10)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    text(10, 22, "Seconds to rearrange all files (logarithmic)", "bold"),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function text(x: number, y: number, content: string, weight = "normal", anchor = "start"): string {
  const place = `x="${x.toFixed(1)}" y="${String(y)}"`;
  return `<text ${place} font-weight="${weight}" text-anchor="${anchor}" fill="#222">${content}</text>`;
}
