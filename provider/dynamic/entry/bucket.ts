/* eslint-disable @typescript-eslint/no-require-imports -- loaded when called, and by the package's own name: see managed-file.ts */

type Runtime = typeof import("..");

/** See `provider/dynamic`. */
export const configure = (request: { config: { get(key: string): string | undefined } }): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).bucket.configure(request);

/** See `provider/dynamic`. */
export const read = (id: string): ReturnType<Runtime["bucket"]["read"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).bucket.read(id);

/** Required by Pulumi of every dynamic provider; a Bucket is only ever read, so the engine never calls it. */
export const create = (): Promise<never> => Promise.reject(new Error("a Bucket is read-only"));
