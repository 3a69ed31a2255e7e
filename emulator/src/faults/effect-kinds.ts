import { viewBefore, type Change } from "../history";
import type { Call, PlannedPartialFailure } from "../operations/call";
import { isMeantBy } from "../operations/lookup";
import { count, oneOf, positive, text, type ArgumentType } from "./arguments";
import { foreignWrite } from "./foreign-writer";
import type { FaultKinds, FaultScene } from "./kind";
import { driftPage } from "./page-drift";

const staleness: Readonly<Record<string, ArgumentType>> = {
  writes: positive,
  ms: positive,
  only: oneOf("created", "changed", "deleted"),
};

/** What happens otherwise than asked, or is seen otherwise than it is. */
export const effectKinds: FaultKinds = {
  stale_list: {
    about:
      "a list that knows nothing of the last writes, or of those of the last ms; for as many lists as `times` says",
    phases: ["before"],
    args: staleness,
    operations: ["listFiles"],
    prepare: (scene) => ({ ...scene.call, view: viewBefore(forgotten(scene)) }),
  },
  stale_get: {
    about:
      "a file as it was before the last writes to it, or those of the last ms: 404 for a new one, still there for a deleted one",
    phases: ["before"],
    args: staleness,
    operations: ["getFile"],
    prepare: (scene) => {
      const isMeant = isMeantBy(scene.call.params["file_id"] ?? "", scene.call.dialect);
      return { ...scene.call, view: viewBefore(forgotten(scene, isMeant)) };
    },
  },
  page_drift: {
    about:
      "pages that don't fit together: a file comes or goes before this page, or the page is not the one that was asked for",
    phases: ["before"],
    args: {
      form: oneOf("insert", "delete", "ignore_offset", "repeat_page", "shrink_limit"),
      path: text,
      limit: positive,
    },
    operations: ["listFiles"],
    prepare: driftPage,
  },
  partial_bulk: {
    about: "one file of a bulk operation is left out, and the answer tells so, or not",
    phases: ["before"],
    args: { index: count, form: oneOf("207", "200_errors", "silent") },
    operations: ["moveFiles", "copyFiles"],
    prepare: ({ args, call }): Call => {
      const { index = 0, form = "207" } = args as Partial<PlannedPartialFailure>;
      return { ...call, partial: { index, form } };
    },
  },
  partial_upload: {
    about: "fewer bytes are stored than came: so many, or half of them",
    phases: ["before"],
    args: { bytes: count },
    operations: ["upload"],
    applies: ({ call }) => call.upload?.content !== undefined,
    prepare: ({ args, call, around }) => {
      const content = call.upload?.content;
      if (call.upload === undefined || content === undefined) return call;
      const bytes = Math.min(content.size, Number(args["bytes"] ?? Math.floor(content.size / 2)));
      return { ...call, upload: { ...call.upload, content: around.store.content.shorten(content, bytes) } };
    },
  },
  foreign_writer: {
    about:
      "somebody else creates, moves or deletes a file just before: by default the one that is in the request's way, or that it names",
    phases: ["before"],
    args: {
      do: oneOf("create", "move", "delete"),
      bucket: text,
      path: text,
      to: text,
      content: text,
      visibility: oneOf("PUBLIC", "PRIVATE"),
      id: text,
    },
    prepare: foreignWrite,
  },
  crash: {
    about: "the process is killed after the effect: once it is persisted, or just before; for the command only",
    phases: ["after"],
    args: { persist: oneOf("after", "before") },
    endsProcess: true,
    around: ({ args, around, host }, effect) => {
      if (args["persist"] === "before") {
        around.store.transaction(() => {
          effect();
          host.crash();
        });
      }
      const answer = effect();
      host.crash();
      return answer;
    },
  },
};

function forgotten(
  { args, around }: FaultScene,
  isMeant?: (file: NonNullable<Change["before"]>) => boolean,
): readonly Change[] {
  const ms = args["ms"];
  const span = ms === undefined ? { writes: Number(args["writes"] ?? 1) } : { ms: Number(ms) };
  return around.history.latest(span, isMeant).filter((change) => {
    switch (args["only"]) {
      case "created":
        return change.before === undefined;
      case "deleted":
        return change.after === undefined;
      case "changed":
        return change.before !== undefined && change.after !== undefined;
      default:
        return true;
    }
  });
}
