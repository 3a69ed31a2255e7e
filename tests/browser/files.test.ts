import { button, EmulatorPage, row, until } from "./emulator-page";

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="teal"/></svg>`;
const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: [
          { path: "site/hero.svg", id: "f_hero", visibility: "PRIVATE", content: picture },
          { path: "site/index.html", id: "f_index", content: "<h1>Hello & welcome</h1>" },
          { path: "site/img/logo.svg", id: "f_logo", content: picture },
          { path: "notes.txt", id: "f_notes", visibility: "PRIVATE", content: "first line\n" },
          { path: "sound.wav", id: "f_sound", size: 400 },
          { path: "film.mp4", id: "f_film", size: 400 },
          { path: "what.bin", id: "f_bin", size: 400 },
        ],
      },
      brand: { files: [] },
    },
  },
});

it("leads from / to the tree, where folders open by click, ArrowRight and Enter", async () => {
  const { page, problems } = await suite.open();
  expect(page.url()).toBe(`${suite.emulator.baseUrl}/_emulator/ui`);
  await row(page, "site").click();
  await row(page, "img").press("ArrowRight");
  await row(page, "logo.svg").waitFor();
  await row(page, "img").press("Enter");
  await row(page, "logo.svg").waitFor({ state: "hidden" });
  await row(page, "img").press("ArrowLeft");
  await row(page, "site").press("ArrowLeft");
  await row(page, "hero.svg").waitFor({ state: "hidden" });
  await row(page, "brand").waitFor();
  expect(problems).toEqual([]);
});

it("leaves a folder open that is clicked only to be selected", async () => {
  const { page } = await suite.open();
  await row(page, "media").click();
  await row(page, "site").click();
  await row(page, "notes.txt").click();
  await row(page, "site").click();
  await row(page, "hero.svg").waitFor();
  await row(page, "site").click();
  await row(page, "hero.svg").waitFor({ state: "hidden" });
});

it("publishes and hides", async () => {
  const { page, problems } = await suite.open();
  await row(page, "notes.txt").click();
  await button(page, "Publish").click();
  await button(page, "Hide").waitFor();
  expect((await suite.file("f_notes"))?.visibility).toBe("PUBLIC");
  await button(page, "Hide").click();
  await button(page, "Publish").waitFor();
  expect((await suite.file("f_notes"))?.visibility).toBe("PRIVATE");
  expect(await suite.emulator.requests()).toMatchObject([
    { operation: "patchFile", body: { visibility: "PUBLIC" }, by: "page" },
    { operation: "patchFile", body: { visibility: "PRIVATE" } },
  ]);
  expect(problems).toEqual([]);
});

it("renames by one text box, and by F2", async () => {
  const { page } = await suite.open();
  await row(page, "notes.txt").click();
  await button(page, "Rename").click();
  expect(await page.getByRole("textbox").inputValue()).toBe("notes.txt");
  await page.getByRole("textbox").fill("todo.txt");
  await button(page, "Rename").click();
  await row(page, "todo.txt").waitFor();
  expect(await suite.file("f_notes")).toMatchObject({ path: "todo.txt", name: "todo.txt" });
  await row(page, "todo.txt").press("F2");
  await page.getByRole("textbox").fill("done.txt");
  await page.getByRole("textbox").press("Enter");
  await row(page, "done.txt").waitFor();
  expect((await suite.file("f_notes"))?.path).toBe("done.txt");
});

it.each([
  ["a folder", "archive", "archive/notes.txt"],
  ["a folder with a slash", "/a/b/", "a/b/notes.txt"],
  ["a full path", "archive/notes.txt", "archive/notes.txt"],
  ["a full path with another name", "archive/old.txt", "archive/old.txt"],
])("moves to %s", async (_what, text, path) => {
  const { page } = await suite.open();
  await row(page, "notes.txt").click();
  await button(page, "Move").click();
  await page.getByRole("textbox").fill(text);
  await page.getByRole("textbox").press("Enter");
  await until(
    () => suite.file("f_notes"),
    (file) => file?.path === path,
  );
  await page.getByText(`media/${path}`, { exact: true }).waitFor();
});

it("moves up to the root", async () => {
  const { page } = await suite.open();
  await row(page, "site").click();
  await row(page, "hero.svg").click();
  await button(page, "Move").click();
  await page.getByRole("textbox").fill("");
  await button(page, "Move").click();
  await until(
    () => suite.file("f_hero"),
    (file) => file?.path === "hero.svg",
  );
});

it("deletes only after a question whose button names the deed", async () => {
  const { page, problems } = await suite.open();
  await row(page, "notes.txt").click();
  await button(page, "Delete").click();
  await button(page.getByRole("dialog"), "Cancel").click();
  expect(await suite.file("f_notes")).toBeDefined();
  await row(page, "notes.txt").press("Delete");
  await button(page.getByRole("dialog"), /^Delete/).click();
  await row(page, "notes.txt").waitFor({ state: "hidden" });
  expect(await suite.file("f_notes")).toBeUndefined();
  expect(problems).toEqual([]);
});

it("uploads by a file chooser into the folder that is selected, and asks before it replaces", async () => {
  const { page } = await suite.open();
  await row(page, "site").click();
  const give = async (content: string): Promise<void> => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "Upload").click()]);
    await chooser.setFiles([{ name: "new.txt", mimeType: "text/plain", buffer: Buffer.from(content) }]);
  };
  await give("one");
  await row(page, "new.txt").waitFor();
  const held = (): Promise<string> => fetch(`${suite.emulator.baseUrl}/f/media/site/new.txt`).then((it) => it.text());
  expect(await held()).toBe("one");
  await give("two");
  await button(page.getByRole("dialog"), "Replace file").click();
  await until(held, (text) => text === "two");
});

it("uploads what is dropped on a folder", async () => {
  const { page } = await suite.open();
  const data = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    for (const name of ["a.txt", "b.txt"]) data.items.add(new File(["dropped"], name));
    return data;
  })()`);
  await row(page, "site").dispatchEvent("drop", { dataTransfer: data });
  await until(
    () => suite.layout(),
    (layout) => "site/a.txt" in layout && "site/b.txt" in layout,
  );
});

it("acts on many files at once, and on a whole folder", async () => {
  const { page } = await suite.open();
  await row(page, "notes.txt").click();
  await row(page, "what.bin").click({ modifiers: ["Control"] });
  await button(page, "Hide").click();
  await until(
    () => suite.layout(),
    (layout) => layout["what.bin"] === "PRIVATE",
  );
  await button(page, "Move").click();
  await page.getByRole("textbox").fill("box");
  await button(page, "Move").click();
  await until(
    () => suite.layout(),
    (layout) => "box/notes.txt" in layout && "box/what.bin" in layout,
  );
  await row(page, "site").click();
  await button(page, "Rename").click();
  await page.getByRole("textbox").fill("www");
  await button(page, "Rename").click();
  await until(
    () => suite.layout(),
    (layout) => "www/img/logo.svg" in layout && "www/hero.svg" in layout,
  );
  await row(page, "www").click();
  await button(page, "Delete").click();
  await button(page.getByRole("dialog"), "Delete 3 files").click();
  await until(
    () => suite.layout(),
    (layout) => !Object.keys(layout).some((path) => path.startsWith("www/")),
  );
});

it("finds files by path", async () => {
  const { page } = await suite.open();
  await page.getByRole("searchbox").fill("IMG logo");
  await row(page, "logo.svg").waitFor();
  expect(await row(page, "notes.txt").count()).toBe(0);
  await page.getByRole("searchbox").fill("nowhere");
  await page.getByText("No file has “nowhere” in its path.").waitFor();
});

it("shows what is in a file: text, picture, sound, film, or that there is no preview", async () => {
  const { page, problems } = await suite.open();
  await row(page, "notes.txt").click();
  await page.getByText("first line").waitFor();
  await row(page, "site").click();
  await row(page, "index.html").click();
  await page.getByText("<h1>Hello & welcome</h1>").waitFor();
  await row(page, "hero.svg").click();
  const shown = page.getByRole("img", { name: "What hero.svg shows" });
  await shown.waitFor();
  await until(
    () => shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    (width) => width === 40,
  );
  for (const name of ["sound.wav", "film.mp4"]) {
    await row(page, name).click();
    await page.getByText("nothing that a browser can show").waitFor();
  }
  await row(page, "what.bin").click();
  await page.getByText("no preview").waitFor();
  expect(problems).toEqual([]);
  expect(await suite.emulator.requests()).toEqual([]);
});

it("copies the address, a signed one of a private file", async () => {
  const { page } = await suite.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await row(page, "notes.txt").click();
  await button(page, "Copy address").click();
  await page.getByText("Signed address copied").waitFor();
  const address = await page.evaluate<string>("navigator.clipboard.readText()");
  expect(await (await fetch(address)).text()).toBe("first line\n");
});

it("shows at once what others do", async () => {
  const { page } = await suite.open();
  await suite.emulator.control("POST", "edit", { op: "put", bucket: "media", path: "other.txt", content: "x" });
  await row(page, "other.txt").waitFor();
  await suite.emulator.control("POST", "edit", { op: "move", bucket: "media", path: "other.txt", to: "elsewhere.txt" });
  await row(page, "elsewhere.txt").waitFor();
  await suite.emulator.control("POST", "edit", { op: "bucket", bucket: "another" });
  await row(page, "another").waitFor();
  await suite.emulator.reset();
  await row(page, "elsewhere.txt").waitFor({ state: "hidden" });
});

it("does what it says in any dialect, and tells what was refused", async () => {
  await suite.emulator.control("PUT", "dialect", { preset: "hostile" });
  const { page } = await suite.open();
  await row(page, "notes.txt").click();
  await button(page, "Rename").click();
  await page.getByRole("textbox").fill("film.mp4");
  await button(page, "Rename").click();
  await page.getByRole("alert").getByText("(409)").waitFor();
  await page.getByRole("textbox").fill("todo.txt");
  await button(page, "Rename").click();
  await until(
    () => suite.file("f_notes"),
    (file) => file?.path === "todo.txt",
  );
});

it("plays a sound that a browser knows", async () => {
  const { page, problems } = await suite.open();
  const samples = Buffer.alloc(8000, 128);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 8000],
  ] as const)
    head.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    head.writeUInt16LE(value, at);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  const form = new FormData();
  form.set("bucket", "media");
  form.set("path", "tone.wav");
  form.set("file", new Blob([head, samples], { type: "audio/wav" }), "tone.wav");
  const headers = { authorization: `Bearer ${suite.emulator.apiKey}` };
  expect((await fetch(suite.emulator.uploadUrl, { method: "POST", headers, body: form })).ok).toBe(true);
  await row(page, "tone.wav").click();
  const sound = page.locator("audio");
  await sound.waitFor();
  expect(
    await until(
      () => sound.evaluate((one: { duration: number }) => one.duration),
      (duration) => duration > 0,
    ),
  ).toBe(1);
  expect(problems).toEqual([]);
});
