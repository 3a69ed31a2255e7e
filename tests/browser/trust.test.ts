import { EmulatorPage, row } from "./emulator-page";

const evil = `<script>document.title = "taken"; fetch("/_emulator/reset", { method: "POST" })</script>`;
const name = `<img src=x onerror=alert(1)>.html`;
const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: [
          { path: name, id: "f_name", content: evil },
          { path: "x.svg", id: "f_svg", content: `<svg xmlns="http://www.w3.org/2000/svg">${evil}</svg>` },
          {
            path: "x.js",
            id: "f_js",
            content: `document.title = "taken"`,
            metadata: { note: "<b onclick=1>bold</b>" },
          },
        ],
      },
    },
  },
});

it("shows names, metadata, HTML and SVG as they are, and runs none of it", async () => {
  const { page, problems } = await suite.open();
  for (const one of [name, "x.svg", "x.js"]) await row(page, one).click();
  await page.getByText("<b onclick=1>bold</b>").waitFor();
  expect(await page.title()).toBe("Mediasaur emulator");
  expect(await page.locator("img[src=x], b").count()).toBe(0);
  expect(problems).toEqual([]);
});

it("lets no file of a bucket in as a script of the page, though it has the same origin", async () => {
  const { page } = await suite.open();
  const outcome = await page.evaluate(`new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
    const script = document.createElement("script");
    try {
      script.src = "/f/media/x.js";
    } catch {
      resolve("trusted types");
    }
    script.onload = () => resolve("loaded");
    document.body.append(script);
  })`);
  expect(outcome).not.toBe("loaded");
  expect(await page.title()).toBe("Mediasaur emulator");
});

it.each(["f_svg", "f_name"])("keeps %s in a sandbox at its own address and at the page's", async (id) => {
  const file = await suite.file(id);
  await suite.emulator.control("POST", "edit", { op: "visibility", id, visibility: "PRIVATE" });
  for (const address of [file?.signed_url ?? "", `${suite.emulator.baseUrl}/_emulator/content?file_id=${id}`]) {
    expect((await fetch(address)).headers.get("content-security-policy")).toMatch(/^sandbox;/);
    const { page } = await suite.browser.open(address);
    expect(await page.title()).not.toBe("taken");
  }
  expect((await suite.file(id))?.visibility).toBe("PRIVATE");
});

it("tells no other site the key", async () => {
  const address = `${suite.emulator.baseUrl}/_emulator/connection`;
  const answer = await fetch(address, { headers: { "sec-fetch-site": "cross-site" } });
  expect(answer.status).toBe(403);
  expect(await answer.text()).not.toContain(suite.emulator.apiKey);
});
