/**
 * Waits between looks at something that a write of ours has to bring about, in milliseconds: about 30 s in all, as a store may
 * show its own writes late.
 */
export const PAUSES: readonly number[] = [50, 100, 200, 400, 800, 1500, 3000, 4000, 5000, 5000, 5000, 5000];
