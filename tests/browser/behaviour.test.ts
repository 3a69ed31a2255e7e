import { send } from "../emulator/api";
import { button, EmulatorPage, row, until } from "./emulator-page";

const suite = EmulatorPage.declare({ seed: { buckets: { media: { files: [{ path: "a.txt", id: "f_a" }] } } } });

it("puts faults in force, counts their hits, and takes them away", async () => {
  const { page, problems } = await suite.open({}, "faults");
  await page.getByRole("combobox", { name: "Kind", exact: true }).selectOption("rate_limit");
  await page.getByText("429: always, or for what exceeds").waitFor();
  await page.getByRole("combobox", { name: "Operation", exact: true }).selectOption("listBuckets");
  await page.getByRole("textbox", { name: "retry_after" }).fill("7");
  await page.getByRole("spinbutton", { name: "How often" }).fill("2");
  await button(page, "Add fault").click();
  await page.getByText("0 hits").waitFor();
  const { status, headers } = await send(suite.emulator, "GET", "/buckets");
  expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
  await page.getByText("1 hit").waitFor();
  await button(page, "Remove the fault rate_limit").click();
  await page.getByText("None is in force.").waitFor();
  expect((await send(suite.emulator, "GET", "/buckets")).status).toBe(200);
  expect(problems).toEqual([]);
});

it("chooses presets and switches, with the emulator's own words", async () => {
  const { page } = await suite.open({}, "faults");
  await page.getByRole("combobox", { name: "Preset", exact: true }).selectOption("b2-like");
  await page.getByText("every write to a taken path is a version").waitFor();
  const dialect = (): Promise<Record<string, string>> =>
    suite.emulator.control("GET", "dialect") as Promise<Record<string, string>>;
  await until(dialect, (now) => now["object.id"] === "file_id");
  await page.getByText("The preset b2-like is in force").waitFor();
  await page.getByRole("combobox", { name: "object.size", exact: true }).selectOption("bytes");
  await until(dialect, (now) => now["object.size"] === "bytes");
  await page.getByText("object.size is bytes now").waitFor();
  await page.getByRole("combobox", { name: "consistency", exact: true }).selectOption("list_lag");
  await page.getByText("consistency is list_lag now").waitFor();
  await page.getByRole("textbox", { name: "lag of consistency" }).fill("3");
  await page.getByRole("textbox", { name: "lag of consistency" }).press("Enter");
  await until(dialect, (now) => now["consistency"] === "list_lag:3");
});

it("lets time pass, and resets after a question", async () => {
  const { page } = await suite.open({}, "faults");
  await button(page, "+1 day").click();
  const ahead = async (): Promise<number> =>
    Date.parse(((await suite.emulator.control("GET", "health")) as { now: string }).now) - Date.now();
  await until(ahead, (ms) => ms > 80_000_000);
  await send(suite.emulator, "DELETE", "/files/f_a");
  await button(page, "Reset…").click();
  await button(page.getByRole("dialog"), "Reset emulator").click();
  await until(
    () => suite.file("f_a"),
    (file) => file !== undefined,
  );
  expect(await ahead()).toBeLessThan(80_000_000);
  expect(await suite.emulator.requests()).toEqual([]);
});

it("says that the connection is lost, and comes back by itself", async () => {
  await suite.emulator.setFaults([{ op: "listBuckets", kind: "refuse", args: { ms: 1500 }, times: 1 }]);
  const { page } = await suite.open();
  await send(suite.emulator, "GET", "/buckets").catch(() => undefined);
  await page.getByText("The emulator does not answer.").waitFor();
  await page.getByText("The emulator does not answer.").waitFor({ state: "hidden" });
  await page.getByText("Live", { exact: true }).waitFor();
  await suite.emulator.control("POST", "edit", { op: "rename", id: "f_a", name: "after.txt" });
  await row(page, "after.txt").waitFor();
});
