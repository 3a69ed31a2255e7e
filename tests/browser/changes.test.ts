import { send, uploadForm } from "../emulator/api";
import { button, EmulatorPage, row, until } from "./emulator-page";

const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: [
          { path: "in/a.txt", id: "f_a", visibility: "PRIVATE" },
          { path: "b.txt", id: "f_b" },
          { path: "c.txt", id: "f_c" },
          { path: "same.txt", id: "f_same" },
        ],
      },
    },
  },
});

it("draws what has changed since a mark: moved, renamed, published, hidden, uploaded, copied, deleted", async () => {
  const { page, problems } = await suite.open({}, "changes");
  await button(page, "Set a mark").click();
  await page.getByText(/^Nothing has changed since/).waitFor();
  const { emulator } = suite;
  await send(emulator, "POST", "/files/move", { bucket: "media", file_ids: ["f_a"], target_path: "out" });
  await send(emulator, "PATCH", "/files/f_a", { name: "z.txt", visibility: "PUBLIC" });
  await send(emulator, "PATCH", "/files/f_b", { visibility: "PRIVATE" });
  await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "up.txt" }));
  await send(emulator, "POST", "/files/copy", {
    source_bucket: "media",
    source_path: "same.txt",
    target_bucket: "media",
    target_path: "copies",
  });
  await send(emulator, "DELETE", "/files/f_c");
  for (const words of [
    "z.txt from in/a.txt moved renamed published",
    "b.txt hidden",
    "up.txt uploaded",
    "same.txt copied",
    "c.txt deleted",
  ]) {
    await row(page, words).waitFor();
  }
  await page.getByRole("treeitem", { name: /^copies/ }).waitFor();
  await page.getByText(/^5 files changed since/).waitFor();
  await button(page, /1 published/).click();
  await row(page, "b.txt hidden").waitFor({ state: "hidden" });
  expect(problems).toEqual([]);
});

it("goes back to a mark after a question", async () => {
  await suite.emulator.control("POST", "snapshot", { name: "before" });
  await send(suite.emulator, "DELETE", "/files/f_c");
  const { page } = await suite.open({}, "changes");
  await row(page, "c.txt deleted").waitFor();
  await button(page, "Restore…").click();
  await button(page.getByRole("dialog"), "Restore").click();
  await until(
    () => suite.file("f_c"),
    (file) => file !== undefined,
  );
  await page.getByText("Nothing has changed since before.").waitFor();
});
