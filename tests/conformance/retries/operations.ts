import type { MediasaurClient } from "../../../provider/client";
import type { Stored } from "../../support/emulator";
import type { OperationName } from "./table";

/** One operation: how it is called, how its requests look, and what it leaves behind. */
export interface Operation {
  name: OperationName;
  /** As the client names it. */
  title: string;
  /** `METHOD /path` of its requests. */
  route: RegExp;
  call: (client: MediasaurClient) => Promise<unknown>;
  /** How often the effect is there. */
  effects: (files: readonly Stored[]) => number;
}

const none = (): number => 0;

/** What each cell starts from, by path. */
export const SEED = {
  "in/one.txt": { id: "f_1", visibility: "PUBLIC" },
  "in/two.txt": { id: "f_2", visibility: "PRIVATE" },
  "in/stranger.txt": { id: "f_3", visibility: "PRIVATE" },
};

/** The files that no operation is about. */
export function bystanders(files: readonly Stored[]): string[] {
  return files.filter(({ id }) => id === "f_3").map(({ path, visibility }) => `${path} ${visibility}`);
}

/** The ten operations. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: "listBuckets",
    title: "GET /buckets",
    route: /^GET \/buckets$/,
    call: (client) => client.listBuckets(),
    effects: none,
  },
  {
    name: "getBucket",
    title: "GET /buckets/{bucket_name}",
    route: /^GET \/buckets\/media$/,
    call: (client) => client.getBucket("media"),
    effects: none,
  },
  {
    name: "listFiles",
    title: "GET /files",
    route: /^GET \/files$/,
    call: (client) => client.listFiles({ bucket: "media" }),
    effects: none,
  },
  {
    name: "getFile",
    title: "GET /files/{file_id}",
    route: /^GET \/files\/f_1$/,
    call: (client) => client.getFile("f_1", { bucket: "media" }),
    effects: none,
  },
  {
    name: "patchFile",
    title: "PATCH /files/{file_id}",
    route: /^PATCH \/files\/f_1$/,
    call: (client) => client.updateFile("f_1", { name: "renamed.txt", visibility: "PRIVATE" }),
    effects: (files) =>
      files.filter(({ id, path, visibility }) => id === "f_1" && path === "in/renamed.txt" && visibility === "PRIVATE")
        .length,
  },
  {
    name: "deleteFile",
    title: "DELETE /files/{file_id}",
    route: /^DELETE \/files\/f_1$/,
    call: (client) => client.deleteFile("f_1"),
    effects: (files) => (files.some(({ id }) => id === "f_1") ? 0 : 1),
  },
  {
    name: "copyFiles",
    title: "POST /files/copy",
    route: /^POST \/files\/copy$/,
    call: (client) =>
      client.copyFile({ sourceBucket: "media", targetBucket: "other", fileId: "f_1", directory: "copies" }),
    effects: (files) => files.filter(({ bucket }) => bucket === "other").length,
  },
  {
    name: "moveFiles",
    title: "POST /files/move",
    route: /^POST \/files\/move$/,
    call: (client) => client.moveFiles({ bucket: "media", fileIds: ["f_1", "f_2"], directory: "moved" }),
    effects: (files) => files.filter(({ path }) => path.startsWith("moved/")).length / 2,
  },
  {
    name: "createToken",
    title: "POST /token",
    route: /^POST \/token$/,
    call: (client) => client.createUploadToken({ bucket: "media", path: "up/new.txt" }),
    effects: none,
  },
  {
    name: "upload",
    title: "POST /",
    route: /^POST \/$/,
    call: (client) => client.upload({ bucket: "media", path: "up/new.txt", body: () => Buffer.from("new"), size: 3 }),
    effects: (files) => files.filter(({ path }) => path.startsWith("up/")).length,
  },
];
