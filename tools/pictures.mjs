#!/usr/bin/env node
// Takes the pictures of the emulator's page that its README shows, into docs/pictures (or the folder that is named), from a small example.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { getBrowser } from "./get-browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { startEmulator } = createRequire(join(root, "package.json"))("mediasaur-emulator");
const folder = resolve(process.argv[2] ?? join(root, "docs", "pictures"));
mkdirSync(folder, { recursive: true });

const hero = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fde7c8"/><stop offset="1" stop-color="#f7b38f"/></linearGradient></defs><rect width="640" height="360" fill="url(#s)"/><circle cx="468" cy="120" r="52" fill="#fff4dc"/><path d="M0 250 140 130l90 86 90-120 150 170 60-50 110 84v160H0z" fill="#7f9c96"/><path d="M0 300 110 230l120 70 150-90 130 80 130-40v110H0z" fill="#3f6b66"/><path d="M0 330c120-40 260-20 640-10v40H0z" fill="#234a46"/></svg>`;
const file = (path, visibility, content) => ({ path, visibility, content });
const seed = {
  buckets: {
    media: {
      files: [
        file("incoming/IMG_2041.svg", "PRIVATE", hero),
        file("incoming/IMG_2042.svg", "PRIVATE", hero.replaceAll("#f7b38f", "#9bb7e0")),
        file("incoming/notes.txt", "PRIVATE", "Cut the second one tighter.\n"),
        file("site/hero.svg", "PUBLIC", hero),
        file("site/img/logo.svg", "PUBLIC", hero),
        file("site/img/team.svg", "PUBLIC", hero),
        file("site/index.html", "PUBLIC", "<!doctype html>\n<title>Site</title>\n"),
        file("site/style.css", "PUBLIC", "body { margin: 0 }\n"),
        file("drafts/2026-spring.md", "PRIVATE", "# Spring\n"),
        file("drafts/pricing.md", "PRIVATE", "# Pricing\n"),
        { path: "films/opening.mp4", visibility: "PRIVATE", size: 48_000_000 },
        { path: "films/interview.mp4", visibility: "PRIVATE", size: 131_000_000 },
      ],
    },
    brand: { files: [file("logo.svg", "PUBLIC", hero), file("palette.json", "PUBLIC", '{ "ink": "#16202a" }\n')] },
  },
};

const { command, env } = await getBrowser({ quiet: true });
const browser = await chromium.launch({ executablePath: command, env: { ...process.env, ...env } });
const emulator = await startEmulator({ seed });
try {
  const { files } = await emulator.state();
  const idOf = (path) => files.find((one) => one.path === path).id;
  await emulator.control("POST", "snapshot", { name: "before up" });
  await emulator.setFaults([{ op: "deleteFile", kind: "status", args: { status: 503 }, times: 1 }]);
  await emulator.setDialect({ "list.envelope": "results_next", "object.case": "camel" });
  const ask = (method, path, body) =>
    fetch(`${emulator.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const upload = (path, content) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ bucket: "media", path })) form.set(name, value);
    form.set("file", new Blob([content]), "file");
    return fetch(emulator.baseUrl, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.apiKey}` },
      body: form,
    });
  };
  await ask("GET", "/buckets/media");
  await ask("GET", "/files?bucket=media&path=site/&limit=100");
  await ask("POST", "/files/move", {
    bucket: "media",
    file_ids: [idOf("incoming/IMG_2041.svg")],
    target_path: "site/img",
  });
  await ask("PATCH", `/files/${idOf("incoming/IMG_2041.svg")}`, { name: "mountains.svg", visibility: "PUBLIC" });
  await ask("PATCH", `/files/${idOf("drafts/2026-spring.md")}`, { visibility: "PUBLIC" });
  await ask("DELETE", `/files/${idOf("drafts/pricing.md")}`);
  await ask("DELETE", `/files/${idOf("drafts/pricing.md")}`);
  await ask("POST", "/files/copy", {
    source_bucket: "brand",
    source_path: "palette.json",
    target_bucket: "media",
    target_path: "site",
  });
  await upload("site/app.js", "console.log('hello')\n");
  await ask("GET", "/files?bucket=media&path=site/&limit=100");

  const look = async (name, width, height, colorScheme, tab, then) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    await page.goto(`${emulator.baseUrl}/_emulator/ui#${tab}`);
    await page.getByRole("tab", { selected: true }).waitFor();
    await then(page);
    await page.mouse.move(0, height - 1);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  };
  const row = (page, name) => page.getByRole("treeitem", { name, exact: true });
  await look("emulator-files", 1280, 720, "light", "files", async (page) => {
    for (const name of ["site", "img"]) await row(page, name).click();
    await row(page, "mountains.svg").click();
    await page.getByRole("img", { name: /mountains/ }).waitFor();
  });
  await look("emulator-changes", 1280, 560, "dark", "changes", (page) =>
    page.getByText("copied", { exact: true }).waitFor(),
  );
  await look("emulator-requests", 1280, 640, "light", "requests", async (page) => {
    await page.getByRole("option", { name: /fault: status/ }).click();
    await page.getByRole("region", { name: "Answer" }).waitFor();
  });
  await look("emulator-narrow", 400, 720, "dark", "files", (page) => row(page, "site").click());
  if (process.argv.includes("--more")) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [400, 1280]) {
        const at = (tab) => `more-${tab}-${String(width)}-${colorScheme}`;
        await look(at("files"), width, 760, colorScheme, "files", async (page) => {
          await row(page, "site").click();
          await row(page, "index.html").click();
          await page.getByRole("button", { name: "Move" }).click();
        });
        await look(at("start"), width, 760, colorScheme, "files", (page) => row(page, "site").waitFor());
        await look(at("delete"), width, 760, colorScheme, "files", async (page) => {
          await row(page, "site").click();
          await row(page, "index.html").click();
          await page.getByRole("button", { name: "Delete" }).click();
        });
        await look(at("requests"), width, 760, colorScheme, "requests", async (page) => {
          await page.getByRole("listbox", { name: "Requests" }).getByRole("option").nth(3).click();
          await page.getByRole("region", { name: "Answer" }).waitFor();
        });
        await look(at("list"), width, 760, colorScheme, "requests", (page) =>
          page.getByRole("listbox", { name: "Requests" }).getByRole("option").nth(3).waitFor(),
        );
        await look(at("changes"), width, 760, colorScheme, "changes", (page) =>
          page.getByText("copied", { exact: true }).waitFor(),
        );
        await look(at("faults"), width, 760, colorScheme, "faults", (page) => page.getByText("object.case").waitFor());
      }
    }
  }
} finally {
  await browser.close();
  await emulator.close();
}
