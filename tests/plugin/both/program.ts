import { fileLayout, managedFile, textAsset, type Declaration } from "../../support/declarations";
import type { Props } from "../../support/plugin";

/** What a program says of one file, and which content that has to be. */
export interface FileSpec {
  path: string;
  visibility: "PUBLIC" | "PRIVATE" | undefined;
  source: Props | undefined;
  /** Of the content, in hex. */
  sha256: string;
  /** The file that it is, where it was there before. */
  id: string | undefined;
}

/** A declaration of its own, or a key of a layout. */
export interface Place {
  readonly layout: string | undefined;
  readonly name: string;
}

/** A program of ManagedFiles and FileLayouts over one bucket, as its author changes it. */
export class ModelProgram {
  readonly files = new Map<string, FileSpec & { policy: string | undefined; alias: string | undefined }>();
  readonly layouts = new Map<string, { files: Map<string, FileSpec>; policy: string | undefined }>();
  /** Whether the layouts are declared before the files. */
  layoutsFirst = false;

  /** Every file that is declared, by its place. */
  all(): [Place, FileSpec][] {
    return [
      ...[...this.files].map(([name, spec]): [Place, FileSpec] => [{ layout: undefined, name }, spec]),
      ...[...this.layouts].flatMap(([layout, { files }]) =>
        [...files].map(([name, spec]): [Place, FileSpec] => [{ layout, name }, spec]),
      ),
    ];
  }

  put({ layout, name }: Place, spec: FileSpec): void {
    if (layout !== undefined) this.layouts.get(layout)?.files.set(name, spec);
    else this.files.set(name, { ...spec, policy: undefined, alias: undefined });
  }

  drop({ layout, name }: Place): void {
    if (layout !== undefined) this.layouts.get(layout)?.files.delete(name);
    else this.files.delete(name);
  }

  #names = 0;

  /** A name or key that nothing has had before: one that had another file would mean that one. */
  free(layout: string | undefined, prefix: string): Place {
    this.#names += 1;
    return { layout, name: `${prefix}${String(this.#names)}` };
  }

  declarations(): Declaration[] {
    const files = [...this.files].map(([name, { policy, alias, ...spec }]) => {
      const args = { ...declared(spec), ...(policy === undefined ? {} : { deletionPolicy: policy }) };
      return managedFile(name, args, alias === undefined ? {} : { aliases: [alias] });
    });
    const layouts = [...this.layouts].map(([name, layout]) =>
      fileLayout(name, {
        files: Object.fromEntries([...layout.files].map(([key, spec]) => [key, declared(spec)])),
        ...(layout.policy === undefined ? {} : { deletionPolicy: layout.policy }),
      }),
    );
    return this.layoutsFirst ? [...layouts, ...files] : [...files, ...layouts];
  }
}

function declared({ path, visibility, source }: FileSpec): Props {
  return {
    path,
    ...(visibility === undefined ? {} : { visibility }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Declarations as a person would write them in a test. */
export function asText(declarations: readonly Declaration[]): string {
  const lines = declarations.map(({ kind, name, inputs, options }) => {
    const { bucket: _bucket, __declaration: _declaration, declared: files, ...args } = inputs;
    const all = files === undefined ? args : { files, ...args };
    const more = options.aliases === undefined ? "" : `, ${JSON.stringify(options)}`;
    const text = JSON.stringify(all).replace(/\{"4dabf1[^}]*"text":"([^"]*)"\}/g, 'textAsset("$1")');
    return `    ${kind === "managed-file" ? "managedFile" : "fileLayout"}(${JSON.stringify(name)}, ${text}${more}),`;
  });
  return `[\n${lines.join("\n")}\n  ]`;
}

/** `source` of an upload. */
export const uploadOf = (text: string): Props => ({ upload: textAsset(text) });
