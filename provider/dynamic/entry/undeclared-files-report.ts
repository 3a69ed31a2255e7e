/* eslint-disable @typescript-eslint/no-require-imports -- loaded when called, and by the package's own name: see managed-file.ts */

type Runtime = typeof import("..");
type Raw = Record<string, unknown>;

/** See `provider/dynamic`. */
export const configure = (request: { config: { get(key: string): string | undefined } }): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesReport.configure(request);

/** See `provider/dynamic`. */
export const read = (id: string, props: Raw): ReturnType<Runtime["undeclaredFilesReport"]["read"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesReport.read(id, props);

/** Required by Pulumi of every dynamic provider; a report is only ever read, so the engine never calls it. */
export const create = (): Promise<never> => Promise.reject(new Error("a report is read-only"));
