/** What this package uses of Pulumi's own that no type is public of. Where it is missing, `undefined` says so: nothing is guessed. */

interface Store {
  readonly settings?: {
    readonly options?: { readonly monitorAddr?: string; readonly organization?: string };
    readonly rpcDone?: Promise<unknown>;
  };
}

interface State {
  readonly getStore?: () => Store | undefined;
  readonly getLocalStore?: () => Store | undefined;
}

function state(): State | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- no type of it is public
    return require("@pulumi/pulumi/runtime/state") as State;
  } catch {
    return undefined;
  }
}

/** How the program is run. */
export function options(): { readonly monitorAddr?: string; readonly organization?: string } | undefined {
  return state()?.getStore?.()?.settings?.options;
}

/** Whether the program is a function that Automation API runs inside its own process: such a program does not end with its process. */
export function isInline(): boolean {
  return state()?.getLocalStore?.() !== undefined;
}

/** The calls of the engine that are under way: a promise that every further call replaces by one of its own. */
export function callsUnderWay(): Promise<unknown> | undefined {
  return state()?.getStore?.()?.settings?.rpcDone;
}
