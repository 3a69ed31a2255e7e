import type { SwitchDefinition } from "./switch-definition";

/** How the service writes. */
export const writeSwitches = {
  "upload.answer": {
    about: "what an upload is answered with; processing for a while",
    values: ["file", "url_only", "wrapped", "201", "202_processing"],
    takes: { "202_processing": "lag" },
  },
  "upload.conflict": {
    about: "what an upload to a taken path does",
    values: ["overwrite_keep_id", "overwrite_new_id", "409", "auto_rename", "duplicate", "version"],
  },
  "upload.bucket_field": {
    about: "where an upload names its bucket",
    values: ["form_bucket", "query", "token_only"],
  },
  "upload.default_visibility": {
    about: "who may see a new file",
    values: ["PUBLIC", "PRIVATE"],
  },
  "upload.token": {
    about: "how often an upload token is good",
    values: ["one_shot", "reusable"],
  },
  "upload.token_prefix": {
    about: "how an upload token begins",
    values: ["token_", "bare_jwt"],
  },
  "patch.path": {
    about: "what `path` of an update means",
    values: ["full", "directory", "rejected_400"],
  },
  "patch.name": {
    about: "what `name` of an update changes",
    values: ["renames_path", "label_only", "without_extension"],
  },
  "patch.answer": {
    about: "what an update is answered with",
    values: ["object", "partial_object", "success", "204"],
  },
  "patch.multi": {
    about: "several properties at once",
    values: ["atomic", "partial_then_error"],
  },
  "move.conflict": {
    about: "what a move or rename to a taken path does",
    values: ["409", "overwrite", "auto_rename", "duplicate", "skip_silently", "version"],
  },
  "copy.conflict": {
    about: "what a copy to a taken path does",
    values: ["409", "overwrite", "auto_rename", "duplicate", "skip_silently", "version"],
  },
  "move.id": {
    about: "whether a file that moves keeps its id",
    values: ["kept", "new"],
  },
  "move.root": {
    about: "how the root is written",
    values: ["empty", "slash", "both"],
  },
  "copy.target": {
    about: "what `target_path` of a copy means",
    values: ["directory", "full", "by_trailing_slash", "by_extension"],
  },
  "copy.answer": {
    about: "what a copy is answered with; done after a while",
    values: ["objects", "ids", "count", "empty_object", "204", "207_items", "202_async", "problems_map_200"],
    takes: { "202_async": "lag" },
  },
  "move.answer": {
    about: "what a move is answered with; done after a while",
    values: ["objects", "ids", "count", "empty_object", "204", "207_items", "202_async", "problems_map_200"],
    takes: { "202_async": "lag" },
  },
  "copy.visibility": {
    about: "who may see a copy",
    values: ["inherit", "default"],
  },
  "delete.answer": {
    about: "what a deletion is answered with",
    values: ["204", "200_success", "200_object", "202"],
  },
  "delete.kind": {
    about: "what is left of a deleted file",
    values: ["hard", "soft_gone_marker", "lag"],
    takes: { lag: "lag" },
  },
  "delete.repeat": {
    about: "what a second deletion is answered with",
    values: ["404", "200"],
  },
  "path.case": {
    about: "whether paths have a case",
    values: ["sensitive", "insensitive_preserving", "lowercased"],
  },
  "path.sanitise": {
    about: "what becomes of odd names",
    values: ["none", "spaces_to_underscore", "nfc", "percent_decoded"],
  },
} as const satisfies Record<string, SwitchDefinition>;
