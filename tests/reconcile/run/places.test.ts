import { Places } from "../../../provider/reconcile/run/places";

test("a place is one file's stop at a time, and nobody's while it is a goal", async () => {
  const places = new Places();
  const leave = places.stop("a");
  expect(leave).toBeDefined();
  expect(places.stop("a")).toBeUndefined();
  leave?.();
  const first = await places.aim("a");
  const second = await places.aim("a");
  first();
  expect(places.stop("a")).toBeUndefined();
  second();
  expect(places.stop("a")).toBeDefined();
});

test("who aims at a place waits until the file that stops there has gone on", async () => {
  const places = new Places();
  const leave = places.stop("a");
  let aimed = false;
  const aiming = places.aim("a").then(() => (aimed = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(aimed).toBe(false);
  leave?.();
  await aiming;
  expect(aimed).toBe(true);
});
