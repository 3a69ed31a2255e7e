import * as pulumi from "@pulumi/pulumi";
import * as reportProvider from "../provider/dynamic/entry/undeclared-files-report";
import * as sweepProvider from "../provider/dynamic/entry/undeclared-files-sweep";
import type { UnmanagedFile } from "../provider/model/file-layout";
import { runAtEndOfInlineProgram } from "./program/end-of-inline-program";
import { runAtEndOfProcess } from "./program/end-of-process";
import { LastActs } from "./program/end-of-program";
import type { AtEnd, Program } from "./program/program";
import { isInline } from "./program/pulumi-internals";

/** Lists the undeclared files of a layout in every preview and up, once the program has declared all that it declares. Reads only. */
class UndeclaredFilesReport extends pulumi.dynamic.Resource {
  declare public readonly unmanagedFiles: pulumi.Output<UnmanagedFile[] | undefined>;

  constructor(name: string, props: Record<string, unknown>, parent: pulumi.Resource) {
    const outputs = { unmanagedFiles: undefined, bucket: undefined, prefix: undefined };
    super(reportProvider, name, { ...outputs, ...props }, { parent, id: name }, "mediasaur", "UndeclaredFilesReport");
  }
}

/** Deletes undeclared files, or applies the layout's rules to them. It has no output, so that no program can wait for it. */
class UndeclaredFilesSweep extends pulumi.dynamic.Resource {
  constructor(name: string, props: Record<string, unknown>, parent: pulumi.Resource) {
    // Without it, the children of a protected layout could not be taken out with its rules.
    super(sweepProvider, name, props, { parent, protect: false }, "mediasaur", "UndeclaredFilesSweep");
  }
}

/** What looks after the undeclared files of a layout. */
export interface UndeclaredFiles {
  /** The undeclared files, when the program has declared all that it declares. */
  readonly unmanagedFiles: pulumi.Output<UnmanagedFile[] | undefined>;
}

/**
 * Has a layout's undeclared files looked after at the end of the program.
 *
 * @param declaration - the layout's identity
 * @param sweeps - whether anything may be done to undeclared files, and not only said of them
 */
export function lookAfterUndeclaredFiles(
  program: Program,
  layout: pulumi.Resource,
  name: string,
  declaration: string,
  sweeps: boolean,
): UndeclaredFiles {
  let keep: (files: pulumi.Output<UnmanagedFile[] | undefined>) => void = () => undefined;
  const reported = new Promise<pulumi.Output<UnmanagedFile[] | undefined>>((resolve) => (keep = resolve));
  const what: AtEnd = {
    report(notes) {
      const props = { layout: declaration, __run: notes };
      keep(new UndeclaredFilesReport(`${name}-undeclared-files-report`, props, layout).unmanagedFiles);
    },
    sweep(notes) {
      if (!sweeps) return undefined;
      const props = { layout: declaration, __declaration: `${declaration}$undeclared-files-sweep`, __run: notes };
      return new UndeclaredFilesSweep(`${name}-undeclared-files-sweep`, props, layout);
    },
  };
  if (program.atEnd(what)) {
    const acts = new LastActs(program);
    if (isInline()) void runAtEndOfInlineProgram(acts);
    else runAtEndOfProcess(acts);
  }
  return { unmanagedFiles: pulumi.output(reported) };
}
