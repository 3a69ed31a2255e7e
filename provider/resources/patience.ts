/** Waits between two looks at what a store may show late, in milliseconds: about 30 s in all. */
const PAUSES = [50, 100, 200, 400, 800, 1500, 3000, 4000, 5000, 5000, 5000, 5000];

/**
 * The waits between looks at something that a write of ours has to bring about, in milliseconds.
 * `MEDIASAUR_TEST_PATIENCE` (a factor) shortens them for this project's own tests, in which stores count looks and not seconds.
 */
export function pauses(): readonly number[] {
  const factor = Number(process.env.MEDIASAUR_TEST_PATIENCE ?? 1);
  return factor > 0 && factor < 1 ? PAUSES.map((pause) => pause * factor) : PAUSES;
}
