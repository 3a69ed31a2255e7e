/* eslint-disable @typescript-eslint/no-require-imports -- loaded when called, and by the package's own name: see managed-file.ts */

type Runtime = typeof import("..");
type Raw = Record<string, unknown>;

/** See `provider/dynamic`. */
export const configure = (request: { config: { get(key: string): string | undefined } }): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.configure(request);

/** See `provider/dynamic`. */
export const check = (olds: Raw, news: Raw): ReturnType<Runtime["undeclaredFilesSweep"]["check"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.check(olds, news);

/** See `provider/dynamic`. */
export const diff = (id: string, olds: Raw, news: Raw): ReturnType<Runtime["undeclaredFilesSweep"]["diff"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.diff(id, olds, news);

/** See `provider/dynamic`. */
export const create = (inputs: Raw): ReturnType<Runtime["undeclaredFilesSweep"]["create"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.create(inputs);

/** See `provider/dynamic`. */
export const read = (id: string, props: Raw): ReturnType<Runtime["undeclaredFilesSweep"]["read"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.read(id, props);

/** See `provider/dynamic`. */
export const update = (id: string, olds: Raw, news: Raw): ReturnType<Runtime["undeclaredFilesSweep"]["update"]> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.update(id, olds, news);

const remove = (id: string, props: Raw): Promise<void> =>
  (require("pulumi-mediasaur/provider/runtime") as Runtime).undeclaredFilesSweep.remove(id, props);
export { remove as delete };
