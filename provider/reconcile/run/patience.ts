/**
 * Waits between looks at something that a write of ours has to bring about, in milliseconds: about 30 s in all, as a store may
 * show its own writes late.
 */
export const PAUSES: readonly number[] = [50, 100, 200, 400, 800, 1500, 3000, 4000, 5000, 5000, 5000, 5000];

/**
 * How much of every wait between looks is really waited: all of it, but for this project's own tests, which set
 * `MEDIASAUR_TEST_PATIENCE` below 1 where a store counts looks and not seconds.
 */
export function patience(): number {
  const part = Number(process.env.MEDIASAUR_TEST_PATIENCE ?? 1);
  return part > 0 && part < 1 ? part : 1;
}
