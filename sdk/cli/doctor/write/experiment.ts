import type { Config } from "../../../../provider/client/config";
import type { Answer } from "./answer";
import { clean } from "./clean";
import { tryCopies } from "./copies";
import { tryDeletes } from "./deletes";
import { Interrupted } from "./interrupted";
import { Lab } from "./lab";
import { Notebook } from "./notebook";
import { tryLists } from "./lists";
import { tryMoves } from "./moves";
import { tryPaths } from "./paths";
import { tryUpdates } from "./updates";
import { tryUploads } from "./uploads";

/** What the experiments found. */
export interface Experiments {
  /** The scratch folder that they were made in. */
  readonly folder: string;
  readonly answers: readonly Answer[];
  /** The answers as `--dialect` of `mediasaur-emulator` takes them. */
  readonly dialect: string;
  /** Experiments that failed, one line each. */
  readonly problems: readonly string[];
  /** What could not be taken away again, one line each. */
  readonly left: readonly string[];
  /** Somebody ended the command. */
  readonly interrupted: boolean;
}

/**
 * Finds out by trying what the documentation leaves open: in a folder of its own, that is taken away again, whatever happens.
 *
 * @param stop - ends the experiments, not the cleaning up
 * @param onStep - told of each as it begins
 */
export async function experiment(
  config: Config,
  bucket: string,
  stop: AbortSignal,
  onStep: (what: string) => void,
): Promise<Experiments> {
  const lab = new Lab(config, bucket, stop);
  const notebook = new Notebook(onStep);
  try {
    await notebook.attempt("uploads", () => tryUploads(lab, notebook));
    if (notebook.knows("upload.answer")) await tryTheRest(lab, notebook);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  onStep("cleaning up");
  const left = await clean({ client: lab.client, bucket, folder: lab.folder, made: lab.made, strays: lab.strays });
  const { answers, problems } = notebook;
  const known = answers.filter(({ answer }) => answer !== undefined);
  const dialect = known.map(({ name, answer }) => `${name}=${answer ?? ""}`).join(",");
  return { folder: lab.folder, answers, dialect, problems, left, interrupted: stop.aborted };
}

async function tryTheRest(lab: Lab, notebook: Notebook): Promise<void> {
  await tryLists(lab, notebook);
  await tryUpdates(lab, notebook);
  await tryMoves(lab, notebook);
  await notebook.attempt("copies", () => tryCopies(lab, notebook));
  await notebook.attempt("deletions", () => tryDeletes(lab, notebook));
  await tryPaths(lab, notebook);
}
