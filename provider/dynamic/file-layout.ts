import type { FileLayoutInputs, FileLayoutState } from "../plan/file-layout";
import { withoutNulls } from "../plan/nulls";
import {
  checkFileLayout,
  createFileLayout,
  deleteFileLayout,
  diffFileLayout,
  readFileLayout,
  updateFileLayout,
} from "../resources";
import { messageOf, operationError, plainError } from "./errors";
import { session } from "./session";

export { configure } from "./session";

type Raw = Record<string, unknown>;

/** Pulumi's `check`. Every failure comes back as one, as an error that is thrown would be printed with a stack. */
export async function check(
  olds: Raw,
  news: Raw,
): Promise<{ inputs: Raw; failures: { property: string; reason: string }[] }> {
  const inputs = withoutNulls(news);
  try {
    const run = session();
    return { inputs, failures: await run.progress.run(() => checkFileLayout(run, olds, inputs)) };
  } catch (error) {
    return { inputs, failures: [{ property: "", reason: messageOf(error) }] };
  }
}

/** Pulumi's `diff`. */
export async function diff(_id: string, olds: Raw, news: Raw): Promise<{ changes: boolean; replaces: string[] }> {
  try {
    const run = session();
    const { changes, replaces } = await run.progress.run(() => diffFileLayout(run, stateIn(olds), news));
    return { changes, replaces: [...replaces] };
  } catch (error) {
    throw plainError(error);
  }
}

/** Pulumi's `create`. */
export async function create(inputs: Raw): Promise<{ id: string; outs: Raw }> {
  try {
    const run = session();
    const { id, state } = await run.progress.run(() => createFileLayout(run, inputsIn(inputs)));
    return { id, outs: { ...state } };
  } catch (error) {
    throw operationError(error, inputs.__provider);
  }
}

/** Pulumi's `read`. A layout is there as long as its declaration is, even where all of its files are gone. */
export async function read(id: string, props: Raw): Promise<{ id: string; props: Raw; inputs: Raw }> {
  try {
    const { state, inputs } = await readFileLayout(session(), stateIn(props));
    return { id, props: { ...state }, inputs: { ...inputs } };
  } catch (error) {
    throw plainError(error);
  }
}

/** Pulumi's `update`. */
export async function update(id: string, olds: Raw, news: Raw): Promise<{ outs: Raw }> {
  try {
    const run = session();
    const state = await run.progress.run(() => updateFileLayout(run, id, stateIn(olds), inputsIn(news)));
    return { outs: { ...state } };
  } catch (error) {
    throw operationError(error, news.__provider);
  }
}

/** Pulumi's `delete`. Files that stay need no service, and so not even a key. */
export async function remove(_id: string, props: Raw): Promise<void> {
  try {
    await deleteFileLayout(session, stateIn(props));
  } catch (error) {
    throw plainError(error);
  }
}

// The engine hands over what check let through, or what this provider put into state.
function inputsIn(props: Raw): FileLayoutInputs {
  return props as unknown as FileLayoutInputs;
}

function stateIn(props: Raw): FileLayoutState {
  return props as unknown as FileLayoutState;
}
