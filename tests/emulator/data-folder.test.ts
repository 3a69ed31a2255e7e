import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm } from "./api";

let place: string;
let dataDir: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "data-"));
  dataDir = join(place, "data");
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

/** Everything below a folder: what kind it is, and what it holds. */
function everythingIn(folder: string, before = ""): Record<string, string> {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = `${before}${entry.name}`;
    if (entry.isDirectory()) return [[name, "folder"], ...Object.entries(everythingIn(path, `${name}/`))];
    return [[name, entry.isFile() ? readFileSync(path, "latin1") : "no file"]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}

const start = (folder: string): Promise<string> =>
  startEmulator({ dataDir: folder }).then(
    async (emulator) => {
      await emulator.close();
      return "started";
    },
    (error: unknown) => (error as Error).message,
  );

describe("a data folder", () => {
  it.each<[string, () => void]>([
    ["may be new", () => undefined],
    ["may be new, in folders that are new", () => (dataDir = join(place, "a", "b"))],
    ["may be empty", () => mkdirSync(dataDir)],
    [
      "may be a link to an empty folder",
      () => {
        mkdirSync(join(place, "real"));
        symlinkSync(join(place, "real"), dataDir);
      },
    ],
    [
      "may be one whose first start was cut off",
      () => {
        mkdirSync(dataDir);
        writeFileSync(join(dataDir, ".mediasaur-emulator"), "mediasaur-em");
      },
    ],
  ])("%s, and is then the emulator's", async (_, prepare) => {
    prepare();
    expect(await start(dataDir)).toBe("started");
    expect(await start(dataDir)).toBe("started");
  });

  it.each<[string, (folder: string) => void]>([
    [
      "a file",
      (folder) => {
        writeFileSync(join(folder, "thesis.md"), "years of work");
      },
    ],
    [
      "a hidden file",
      (folder) => {
        writeFileSync(join(folder, ".env"), "");
      },
    ],
    [
      "an empty folder",
      (folder) => {
        mkdirSync(join(folder, "photos"));
      },
    ],
    [
      "an empty rows.db",
      (folder) => {
        writeFileSync(join(folder, "rows.db"), "");
      },
    ],
    [
      "an empty rows.db, blobs and arriving",
      (folder) => {
        writeFileSync(join(folder, "rows.db"), "");
        for (const name of ["arriving", "blobs"]) {
          mkdirSync(join(folder, name));
          writeFileSync(join(folder, name, "precious.txt"), "precious");
        }
      },
    ],
    [
      "files in a folder named arriving",
      (folder) => {
        mkdirSync(join(folder, "arriving"));
        writeFileSync(join(folder, "arriving", "2f6d5b1c-0000-4000-8000-000000000000"), "precious");
      },
    ],
    [
      "a link named blobs",
      (folder) => {
        symlinkSync(place, join(folder, "blobs"));
      },
    ],
    [
      "a file of the marker's name",
      (folder) => {
        writeFileSync(join(folder, ".mediasaur-emulator"), "mine");
      },
    ],
    [
      "a link of the marker's name",
      (folder) => {
        symlinkSync(join(place, "none"), join(folder, ".mediasaur-emulator"));
      },
    ],
    [
      "a part of the marker, and more",
      (folder) => {
        writeFileSync(join(folder, ".mediasaur-emulator"), "mediasaur-em");
        writeFileSync(join(folder, "rows.db"), "");
      },
    ],
  ])("is refused where it holds %s, and nothing in it is touched, by its own name or by a link", async (_, fill) => {
    mkdirSync(dataDir);
    fill(dataDir);
    const link = join(place, "link");
    symlinkSync(dataDir, link);
    const before = everythingIn(place);
    for (const name of [dataDir, link]) expect(await start(name)).toMatch(/^data folder ".*" [^\n]*$/);
    expect(everythingIn(place)).toEqual(before);
  });

  it("is refused where it is a file, or can't be", async () => {
    writeFileSync(dataDir, "a file");
    expect(await start(dataDir)).toBe(`data folder "${dataDir}" is not a folder`);
    expect(await start(join(dataDir, "below"))).toContain("can't be opened");
    symlinkSync(join(place, "nowhere"), join(place, "dangling"));
    expect(await start(join(place, "dangling"))).toContain("can't be opened");
    expect(readFileSync(dataDir, "utf8")).toBe("a file");
    expect(existsSync(join(place, "nowhere"))).toBe(false);
  });

  it.each(["blobs", "arriving", "rows.db"])("is refused where a link has taken the place of its %s", async (name) => {
    expect(await start(dataDir)).toBe("started");
    const elsewhere = join(place, "elsewhere");
    renameSync(join(dataDir, name), elsewhere);
    symlinkSync(elsewhere, join(dataDir, name));
    const before = everythingIn(elsewhere.endsWith(".db") ? dataDir : place);
    expect(await start(dataDir)).toContain(`"${name}" in it is not a`);
    expect(everythingIn(elsewhere.endsWith(".db") ? dataDir : place)).toEqual(before);
  });

  it("loses nothing that others have put into it, only what an upload left behind", async () => {
    const emulator = await startEmulator({ dataDir });
    await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "a.txt" }));
    await emulator.close();
    const left = "2f6d5b1c-0000-4000-8000-000000000000";
    for (const name of ["arriving", "blobs"]) {
      writeFileSync(join(dataDir, name, "precious.txt"), "precious");
      mkdirSync(join(dataDir, name, "folder"));
      symlinkSync(join(dataDir, name, "precious.txt"), join(dataDir, name, left.replace("2f", "3f")));
      writeFileSync(join(dataDir, name, left), "half an upl");
    }
    const again = await startEmulator({ dataDir });
    expect(await pathsOf(again)).toEqual(["a.txt"]);
    expect(await (await fetch(`${again.baseUrl}/f/media/a.txt`)).text()).toBe("hello");
    await again.close();
    for (const name of ["arriving", "blobs"]) {
      expect(readdirSync(join(dataDir, name))).toEqual(expect.arrayContaining(["folder", "precious.txt"]));
      expect(existsSync(join(dataDir, name, left))).toBe(false);
    }
  });
});
