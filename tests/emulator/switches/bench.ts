import type { Emulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm, type Reply } from "../api";

/** What every case starts from. */
export const seed = {
  buckets: {
    media: {
      plan: "pro",
      files: [
        { path: "b/two.txt", id: "f_2", content: "22" },
        { path: "a/one.txt", id: "f_1", content: "1", visibility: "PRIVATE" as const },
        { path: "a/deep/x.txt", id: "f_3" },
      ],
    },
    other: { files: [{ path: "o.txt", id: "f_o" }] },
  },
};

/** One value of one switch, and what it does. */
export interface SwitchCase {
  /** `switch=value`, and more switches where they are needed to see it. */
  readonly dialect: string;
  readonly does: string;
  readonly check: (bench: Bench) => Promise<void>;
}

/** A running emulator with short names for what cases ask of it. */
export class Bench {
  constructor(readonly emulator: Emulator) {}

  get = (path: string): Promise<Reply> => send(this.emulator, "GET", path);

  file = (id: string): Promise<Reply> => this.get(`/files/${id}`);

  list = async (query = ""): Promise<{ id: string; path: string; status?: string }[]> =>
    (await this.get(`/files?bucket=media${query}`)).body.files;

  listed = async (query = ""): Promise<string[]> => (await this.list(query)).map(({ id }) => id);

  filtered = (path: string): Promise<string[]> => this.listed(`&path=${encodeURIComponent(path)}`);

  upload = (path: string, content = "new", fields: Record<string, string> = { bucket: "media" }): Promise<Reply> =>
    send(this.emulator, "POST", "/", uploadForm({ ...fields, path }, content));

  patch = (id: string, change: object): Promise<Reply> => send(this.emulator, "PATCH", `/files/${id}`, change);

  remove = (id: string): Promise<Reply> => send(this.emulator, "DELETE", `/files/${id}`);

  move = (target_path = "c", ...file_ids: string[]): Promise<Reply> =>
    send(this.emulator, "POST", "/files/move", {
      bucket: "media",
      file_ids: file_ids.length === 0 ? ["f_1"] : file_ids,
      target_path,
    });

  copy = (target_path = "c", ...file_ids: string[]): Promise<Reply> =>
    send(this.emulator, "POST", "/files/copy", {
      source_bucket: "media",
      target_bucket: "media",
      file_ids: file_ids.length === 0 ? ["f_1"] : file_ids,
      target_path,
    });

  token = async (path: string): Promise<string> =>
    (await send(this.emulator, "POST", "/token", { bucket: "media", path })).body.token;

  uploadWith = (token: string, path: string): Promise<Reply> =>
    send(this.emulator, "POST", "/", uploadForm({ path }), { authorization: `Bearer ${token}` });

  put = (path: string, id: string): Promise<unknown> =>
    this.emulator.control("POST", "edit", { op: "put", bucket: "media", path, id, content: "foreign" });

  paths = (): Promise<string[]> => pathsOf(this.emulator);

  advance = (ms: number): Promise<unknown> => this.emulator.control("POST", "clock", { advance_ms: ms });
}

/** The case of a read whose answer says it all. */
export function reading(dialect: string, does: string, path: string, expected: unknown, status = 200): SwitchCase {
  return {
    dialect,
    does,
    check: async ({ get }) => {
      expect(await get(path)).toMatchObject({ status, body: expected });
    },
  };
}
