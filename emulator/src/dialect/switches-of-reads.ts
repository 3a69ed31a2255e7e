import type { SwitchDefinition } from "./switch-definition";

/** How the service reads, lists and refuses. */
export const readSwitches = {
  "list.envelope": {
    about: "what a list is wrapped in",
    values: ["files_total", "data_total", "bare", "items_has_more", "results_next", "data_nested_files"],
  },
  "list.total": {
    about: "how a list counts what matches",
    values: ["true", "false", "page_count", "string"],
  },
  "list.max_limit": {
    about: "how many rows a page has at most",
    values: ["none", "100", "50", "10", "reject_over"],
  },
  "list.order": {
    about: "the order of a list",
    values: ["created_asc", "path_asc", "random_per_request"],
    takes: { random_per_request: "seed" },
  },
  "list.filter": {
    about: "what `path` of a list means",
    values: [
      "string_prefix",
      "dir_recursive",
      "dir_one_level",
      "needs_trailing_slash",
      "rejects_trailing_slash",
      "ilike",
    ],
  },
  "list.rows": {
    about: "what the rows of a list hold",
    values: ["files", "with_folder_rows", "sparse", "relative_names"],
  },
  "object.envelope": {
    about: "what one file or bucket is wrapped in",
    values: ["bare", "data", "file", "success_data"],
  },
  "object.id": {
    about: "what the id is called",
    values: ["id", "file_id", "uuid", "numeric_id"],
  },
  "object.case": {
    about: "how keys are spelled",
    values: ["snake", "camel", "pascal"],
  },
  "object.path": {
    about: "what `path` of a file holds",
    values: ["full", "full_leading_slash", "directory", "directory_slash", "bucket_prefixed"],
  },
  "object.size": {
    about: "how the size is given",
    values: ["number", "numeric_string", "bytes", "size_bytes", "absent"],
  },
  "object.visibility": {
    about: "how the visibility is given",
    values: ["PUBLIC/PRIVATE", "lower", "is_public", "is_private", "access"],
  },
  "object.time": {
    about: "how times are written",
    values: ["iso", "epoch_s", "epoch_ms"],
  },
  "object.url": {
    about: "the address of a file, and of a private one",
    values: ["public_only_null_private", "signed_rotating_private", "same_url", "changes_on_visibility"],
  },
  "error.shape": {
    about: "the body of a failure",
    values: [
      "detail_string",
      "error_string",
      "error_object",
      "statusCode_error_message",
      "code_message",
      "problem_json",
      "html",
      "empty",
    ],
  },
  "error.status": {
    about: "the status of a failure",
    values: ["proper", "always_400_body_code", "200_success_false"],
  },
  "error.missing": {
    about: "the status for what isn't there",
    values: ["404", "403", "400"],
  },
  "rate.headers": {
    about: "how a 429 says when to come back",
    values: ["retry_after_s", "retry_after_date", "x_ratelimit_reset_ms", "epoch", "none"],
  },
  "bucket.envelope": {
    about: "what the list of buckets is wrapped in",
    values: ["buckets", "data", "bare"],
  },
  "bucket.usage": {
    about: "where a bucket has its usage",
    values: ["nested", "flat", "absent"],
  },
  "bucket.plan": {
    about: "how a bucket gives its plan",
    values: ["string", "object", "null"],
  },
  "key.scope": {
    about: "which buckets the key sees",
    values: ["all_buckets", "subset_404", "subset_403"],
    takes: { subset_404: "buckets", subset_403: "buckets" },
  },
  consistency: {
    about: "how soon a write is seen",
    values: ["immediate", "list_lag", "detail_lag"],
    takes: { list_lag: "lag", detail_lag: "lag" },
  },
} as const satisfies Record<string, SwitchDefinition>;
