/**
 * Every way in which the service may answer, as data. The first value of a switch is the default; a value in `pending` is
 * known, but not built yet, and is refused when set.
 */
export const dialects = {
  "list.envelope": {
    values: ["files_total", "data_total", "bare", "items_has_more", "results_next", "data_nested_files"],
  },
  "list.total": { values: ["true", "false", "page_count", "string"] },
  "list.max_limit": { values: ["none", "100", "50", "10", "reject_over"] },
  "list.order": { values: ["created_asc", "path_asc", "random_per_request"] },
  "list.filter": {
    values: [
      "string_prefix",
      "dir_recursive",
      "dir_one_level",
      "needs_trailing_slash",
      "rejects_trailing_slash",
      "ilike",
    ],
  },
  "list.rows": { values: ["files", "with_folder_rows", "sparse", "relative_names"] },
  "object.envelope": { values: ["bare", "data", "file", "success_data"] },
  "object.id": { values: ["id", "file_id", "uuid", "numeric_id"] },
  "object.case": { values: ["snake", "camel", "pascal"] },
  "object.path": { values: ["full", "full_leading_slash", "directory", "directory_slash", "bucket_prefixed"] },
  "object.size": { values: ["number", "numeric_string", "bytes", "size_bytes", "absent"] },
  "object.visibility": { values: ["PUBLIC/PRIVATE", "lower", "is_public", "is_private", "access"] },
  "object.time": { values: ["iso", "epoch_s", "epoch_ms"] },
  "object.url": {
    values: ["public_only_null_private", "signed_rotating_private", "same_url", "changes_on_visibility"],
  },
  "upload.answer": { values: ["file", "url_only", "wrapped", "201", "202_processing"], pending: ["202_processing"] },
  "upload.conflict": {
    values: ["overwrite_keep_id", "overwrite_new_id", "409", "auto_rename", "duplicate", "version"],
    pending: ["version"],
  },
  "upload.bucket_field": { values: ["form_bucket", "query", "token_only"] },
  "upload.default_visibility": { values: ["PUBLIC", "PRIVATE"] },
  "upload.token": { values: ["one_shot", "reusable"] },
  "upload.token_prefix": { values: ["token_", "bare_jwt"] },
  "patch.path": { values: ["full", "directory", "rejected_400"] },
  "patch.name": { values: ["renames_path", "label_only", "without_extension"], pending: ["without_extension"] },
  "patch.answer": { values: ["object", "partial_object", "success", "204"] },
  "patch.multi": { values: ["atomic", "partial_then_error"], pending: ["partial_then_error"] },
  "move.conflict": {
    values: ["409", "overwrite", "auto_rename", "duplicate", "skip_silently", "version"],
    pending: ["version"],
  },
  "copy.conflict": {
    values: ["409", "overwrite", "auto_rename", "duplicate", "skip_silently", "version"],
    pending: ["version"],
  },
  "move.id": { values: ["kept", "new"] },
  "move.root": { values: ["empty", "slash", "both"] },
  "copy.target": { values: ["directory", "full", "by_trailing_slash", "by_extension"] },
  "copy.answer": {
    values: ["objects", "ids", "count", "empty_object", "204", "207_items", "202_async", "problems_map_200"],
    pending: ["202_async", "problems_map_200"],
  },
  "move.answer": {
    values: ["objects", "ids", "count", "empty_object", "204", "207_items", "202_async", "problems_map_200"],
    pending: ["202_async", "problems_map_200"],
  },
  "copy.visibility": { values: ["inherit", "default"] },
  "delete.answer": { values: ["204", "200_success", "200_object", "202"] },
  "delete.kind": { values: ["hard", "soft_gone_marker", "lag"], pending: ["soft_gone_marker", "lag"] },
  "delete.repeat": { values: ["404", "200"] },
  "path.case": {
    values: ["sensitive", "insensitive_preserving", "lowercased"],
    pending: ["insensitive_preserving", "lowercased"],
  },
  "path.sanitise": {
    values: ["none", "spaces_to_underscore", "nfc", "percent_decoded"],
    pending: ["spaces_to_underscore", "nfc", "percent_decoded"],
  },
  "error.shape": {
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
  "error.status": { values: ["proper", "always_400_body_code", "200_success_false"] },
  "error.missing": { values: ["404", "403", "400"] },
  "rate.headers": { values: ["retry_after_s", "retry_after_date", "x_ratelimit_reset_ms", "epoch", "none"] },
  "bucket.envelope": { values: ["buckets", "data", "bare"] },
  "bucket.usage": { values: ["nested", "flat", "absent"] },
  "bucket.plan": { values: ["string", "object", "null"] },
  "key.scope": { values: ["all_buckets", "subset_404", "subset_403"], pending: ["subset_404", "subset_403"] },
  consistency: { values: ["immediate", "list_lag", "detail_lag"], pending: ["list_lag", "detail_lag"] },
} as const satisfies Record<string, { readonly values: readonly string[]; readonly pending?: readonly string[] }>;

/** The name of a switch. */
export type DialectSwitch = keyof typeof dialects;

/** One way in which the service may answer: a value for every switch. */
export type Dialect = { readonly [Name in DialectSwitch]: (typeof dialects)[Name]["values"][number] };
