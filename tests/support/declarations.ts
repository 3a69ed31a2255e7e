import { createHash } from "node:crypto";
import type { Kind } from "./host";
import type { Props } from "./plugin";

/** A resource as a program registers it with the engine. */
export interface Declaration {
  readonly kind: Kind;
  readonly name: string;
  /** As the SDK sends them. */
  readonly inputs: Props;
  readonly options: Options;
}

/** The resource options that the engine sees to. */
export interface Options {
  /** Names that the resource had before. */
  readonly aliases?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** Properties of which the last inputs count. */
  readonly ignoreChanges?: readonly string[];
}

/** `new ManagedFile(name, args, options)`, in bucket "media" unless told otherwise. */
export function managedFile(name: string, args: Props, options: Options = {}): Declaration {
  return { kind: "managed-file", name, inputs: { bucket: "media", ...args, __declaration: name }, options };
}

/** `new FileLayout(name, args, options)`, in bucket "media" unless told otherwise. */
export function fileLayout(name: string, args: Props, options: Options = {}): Declaration {
  const { files, ...settings } = args;
  const inputs = { bucket: "media", ...settings, declared: files, __declaration: name };
  return { kind: "file-layout", name, inputs, options };
}

/**
 * What the SDK registers below a layout with rules, or `unmanaged: "DELETE"`, when the program has ended.
 *
 * @param roster - the declarations of the program, as the SDK names them
 */
export function undeclaredFilesSweep(layout: string, roster: readonly string[]): Declaration {
  const inputs = {
    layout,
    __declaration: `${layout}$undeclared-files-sweep`,
    __run: JSON.stringify({ roster, held: [] }),
  };
  return {
    kind: "undeclared-files-sweep",
    name: `${layout}-undeclared-files-sweep`,
    inputs,
    options: { dependsOn: [layout] },
  };
}

const ASSET = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };

/** `new StringAsset(text)`, as the engine hands it over. */
export function textAsset(text: string): Props {
  return { ...ASSET, hash: digest(text), text };
}

/** SHA-256, in hex. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Values as state holds them: of an asset the hash alone. */
export function asInState(value: Props): Props {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each !== "object" || each === null || !(Object.keys(ASSET)[0]! in each)) return each;
      const { text: _text, path: _path, uri: _uri, ...rest } = each as Props;
      return rest;
    }),
  ) as Props;
}
