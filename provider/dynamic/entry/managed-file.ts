/* eslint-disable @typescript-eslint/no-require-imports -- loaded when called, and by the package's own name: see below */

// State names this module as the provider of every ManagedFile, so it must stay at "pulumi-mediasaur/provider/managed-file".
// Where Pulumi does not recognise the package as installed (a link), it stores the text of these functions instead. So
// each of them holds nothing but a `require` by name, which works from anywhere and always runs the code that is installed.

type Runtime = typeof import("..");
type Raw = Record<string, unknown>;

/** See `provider/dynamic`. */
export const configure = (request: { config: { get(key: string): string | undefined } }): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.configure(request);

/** See `provider/dynamic`. */
export const check = (olds: Raw, news: Raw): ReturnType<Runtime["managedFile"]["check"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.check(olds, news);

/** See `provider/dynamic`. */
export const diff = (id: string, olds: Raw, news: Raw): ReturnType<Runtime["managedFile"]["diff"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.diff(id, olds, news);

/** See `provider/dynamic`. */
export const create = (inputs: Raw): ReturnType<Runtime["managedFile"]["create"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.create(inputs);

/** See `provider/dynamic`. */
export const read = (id: string, props: Raw): ReturnType<Runtime["managedFile"]["read"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.read(id, props);

/** See `provider/dynamic`. */
export const update = (id: string, olds: Raw, news: Raw): ReturnType<Runtime["managedFile"]["update"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.update(id, olds, news);

const remove = (id: string, props: Raw): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).managedFile.remove(id, props);
export { remove as delete };
