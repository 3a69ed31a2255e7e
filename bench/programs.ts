import type { Place } from "./layouts";

/** The Pulumi programs that are compared: JavaScript, with `pulumi` and `mediasaur` there. */
export const PROGRAMS: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  floor,
  "wide floor": wideFloor,
  plain,
  ManagedFile: managedFiles,
  FileLayout: fileLayout,
};

/** The subjects whose providers ask no service. */
export const FLOORS: ReadonlySet<string> = new Set(["floor", "wide floor"]);

const list = (places: readonly Place[]): string => `const places = ${JSON.stringify(places)};\n`;

/** The least that the engine does for this many dynamic resources: their provider does nothing. */
function floor(places: readonly Place[]): string {
  return `${list(places)}
const provider = {
  async diff(_id, olds, news) {
    return { changes: olds.path !== news.path || olds.visibility !== news.visibility };
  },
  async create(inputs) {
    return { id: inputs.path, outs: { path: inputs.path, visibility: inputs.visibility } };
  },
  async read(id, props) {
    return { id, props };
  },
  async update(_id, _olds, news) {
    return { outs: { path: news.path, visibility: news.visibility } };
  },
};
class Nothing extends pulumi.dynamic.Resource {}
places.forEach((place, index) => new Nothing(provider, "file-" + index, { ...place }));
`;
}

/** The same with as many inputs and outputs as a ManagedFile has, of the same length. */
function wideFloor(places: readonly Place[]): string {
  return `${list(places)}
const outs = (inputs) => ({
  ...inputs,
  fileId: "12345678-1234-1234-1234-123456789012",
  name: "photo-1.jpg",
  directory: "inbox/1",
  url: "https://cdn.mediasaur.com/media/" + inputs.path,
  size: 1024,
  contentType: "image/jpeg",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  origin: "ADOPTED",
});
const provider = {
  async diff(_id, olds, news) {
    return { changes: olds.path !== news.path || olds.visibility !== news.visibility };
  },
  async create(inputs) {
    return { id: inputs.path, outs: outs(inputs) };
  },
  async read(id, props) {
    return { id, props };
  },
  async update(_id, _olds, news) {
    return { outs: outs(news) };
  },
};
const rest = ["source", "deletionPolicy", "fileId", "name", "directory", "url", "size", "contentType", "createdAt",
  "updatedAt", "origin", "metadata"];
const unknown = Object.fromEntries(rest.map((name) => [name, undefined]));
class Nothing extends pulumi.dynamic.Resource {}
places.forEach((place, index) => {
  const name = "file-" + index;
  new Nothing(provider, name, { bucket: "media", ...place, ...unknown, __declaration: name });
});
`;
}

/** A provider as one writes it after an introduction to dynamic providers: axios, one request a step, no verification. */
function plain(places: readonly Place[]): string {
  return `${list(places)}
function api() {
  return require("axios").create({
    baseURL: process.env.BENCH_URL,
    headers: { Authorization: "Bearer " + process.env.BENCH_KEY },
  });
}
const provider = {
  async diff(_id, olds, news) {
    return { changes: olds.path !== news.path || olds.visibility !== news.visibility };
  },
  async create(inputs) {
    const { data } = await api().get("/files", { params: { bucket: inputs.bucket, path: inputs.path } });
    const file = data.files.find((one) => one.path === inputs.path);
    return { id: String(file.id), outs: { path: file.path, visibility: file.visibility, url: file.url } };
  },
  async read(id) {
    const { data } = await api().get("/files/" + id);
    return { id, props: { path: data.path, visibility: data.visibility, url: data.url } };
  },
  async update(id, _olds, news) {
    const { data } = await api().patch("/files/" + id, { path: news.path, visibility: news.visibility });
    return { outs: { path: data.path, visibility: data.visibility, url: data.url } };
  },
};
class PlainFile extends pulumi.dynamic.Resource {}
places.forEach((place, index) => new PlainFile(provider, "file-" + index, { bucket: "media", ...place }));
`;
}

function managedFiles(places: readonly Place[]): string {
  return `${list(places)}
places.forEach((place, index) => new mediasaur.ManagedFile("file-" + index, { bucket: "media", ...place }));
`;
}

function fileLayout(places: readonly Place[]): string {
  return `${list(places)}
new mediasaur.FileLayout("site", {
  bucket: "media",
  files: Object.fromEntries(places.map((place, index) => ["file-" + index, place])),
});
`;
}
