import { send } from "../emulator/api";
import { EmulatorPage, row } from "./emulator-page";

const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: [
          { path: "site/a.txt", id: "f_a", content: "a" },
          { path: "b.txt", visibility: "PRIVATE" },
        ],
      },
    },
  },
});

describe.each([400, 1280])("at %d pixels", (width) => {
  it.each(["light", "dark"] as const)("is accessible in %s, in all its parts, and fits", async (colorScheme) => {
    await suite.emulator.control("POST", "snapshot", { name: "before" });
    await suite.emulator.setFaults([{ op: "getFile", kind: "status", args: { status: 500 } }]);
    await send(suite.emulator, "PATCH", "/files/f_a", { visibility: "PRIVATE", name: "z.txt" });
    await send(suite.emulator, "GET", "/files/f_a");
    const { page, problems, accessibility } = await suite.open({ width, colorScheme });
    const findings: string[] = [];
    const look = async (part: string): Promise<void> => {
      findings.push(...(await accessibility()).map((finding) => `${part}: ${finding}`));
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (overflow > 0) findings.push(`${part}: is ${String(overflow)} pixels too wide`);
    };
    await row(page, "site").click();
    await look("files");
    await row(page, "z.txt").click();
    await page.getByRole("region", { name: "Text of z.txt" }).waitFor();
    await look("a file");
    await page.getByRole("button", { name: "Rename" }).click();
    await look("rename");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await look("the question");
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Requests" }).click();
    await look("requests");
    await page.getByRole("listbox", { name: "Requests" }).getByRole("option").first().click();
    await page.getByRole("region", { name: "Answer" }).waitFor();
    await look("a request");
    await page.getByRole("tab", { name: "Changes" }).click();
    await page.getByText("renamed", { exact: true }).waitFor();
    await look("changes");
    await page.getByRole("tab", { name: "Faults & dialects" }).click();
    await page.getByText("list.envelope", { exact: true }).waitFor();
    await look("faults");
    expect(findings).toEqual([]);
    expect(problems).toEqual([]);
  });
});

it("can be used by keyboard alone", async () => {
  const { page } = await suite.open();
  await page.getByRole("searchbox").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  for (const key of ["ArrowDown", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  await page.getByRole("region", { name: "Text of a.txt" }).waitFor();
  await page.keyboard.press("F2");
  await page.locator("form.ask input:focus").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("keys.txt");
  await page.keyboard.press("Enter");
  await row(page, "keys.txt").waitFor();
  expect((await suite.file("f_a"))?.path).toBe("site/keys.txt");
});
