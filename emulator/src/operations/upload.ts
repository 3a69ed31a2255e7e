import type { components } from "../../../provider/contract/api";
import type { Answer } from "../answer";
import { lagOf, valueOf } from "../dialect/arguments";
import { forbidden, invalid, unauthorised } from "../failure";
import { wrapObject } from "../render/envelope";
import { renderFile } from "../render/file";
import type { StoredContent } from "../store/content-store";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { issueUploadToken } from "../upload-tokens";
import type { Call, Operation, Surroundings } from "./call";
import { requireBucket } from "./lookup";
import { hideOlder, requirePath, settlePlace } from "./places";

/** POST /token */
export const createToken: Operation = ({ store, clock }, { dialect, body }) => {
  const wanted = body as components["schemas"]["UploadTokenRequest"];
  requireBucket(store, wanted.bucket, dialect);
  requirePath(wanted.path, "path", dialect);
  const jwt = issueUploadToken(store.secret, wanted, clock.now(), wanted.expires_in ?? 3600);
  return { status: 200, body: { token: dialect["upload.token_prefix"] === "bare_jwt" ? jwt : `token_${jwt}` } };
};

/** POST / */
export const upload: Operation = (around, call) => {
  const { store } = around;
  const { content, fields } = call.upload ?? { content: undefined, fields: {} };
  const path = fields["path"];
  const absent = [...(path === undefined ? ["path"] : []), ...(content === undefined ? ["file"] : [])];
  if (path === undefined || content === undefined) {
    throw invalid(absent.map((field) => ({ loc: ["body", field], msg: "Field required", type: "missing" })));
  }
  const bucket = bucketOf(call, fields);
  requireBucket(store, bucket, call.dialect);
  const target = requirePath(path, "path", call.dialect);
  checkClaims(call, bucket, path);
  const file = store.transaction(() => {
    const { claims, dialect } = call;
    if (claims !== undefined && dialect["upload.token"] === "one_shot") {
      if (store.records.isTokenUsed(claims.jti)) throw unauthorised("The upload token was already used");
      store.records.useToken(claims.jti);
    }
    return storeFile(around, call, bucket, target, content);
  });
  return answerUpload(around, call, file);
};

function bucketOf({ dialect, claims, query }: Call, fields: Readonly<Record<string, string>>): string {
  if (dialect["upload.bucket_field"] === "token_only" && claims === undefined) {
    throw forbidden("Uploads need an upload token");
  }
  const inQuery = dialect["upload.bucket_field"] === "query";
  const given = inQuery ? query["bucket"] : fields["bucket"];
  const bucket = typeof given === "string" && given !== "" ? given : claims?.bucket;
  if (bucket !== undefined) return bucket;
  throw invalid([{ loc: [inQuery ? "query" : "body", "bucket"], msg: "Field required", type: "missing" }]);
}

function checkClaims({ claims }: Call, bucket: string, path: string): void {
  if (claims !== undefined && (claims.bucket !== bucket || claims.path !== path)) {
    throw forbidden("The upload token is for another path");
  }
}

function storeFile(
  { store, clock }: Surroundings,
  { dialect }: Call,
  bucket: string,
  wantedPath: string,
  content: StoredContent,
): FileRow {
  const place = settlePlace(store, bucket, wantedPath, dialect, "upload.conflict") ?? {
    path: wantedPath,
    displaced: [],
    older: [],
  };
  const now = clock.now();
  const [held, ...others] = place.displaced;
  if (held !== undefined && dialect["upload.conflict"] === "overwrite_keep_id") {
    for (const other of others) store.remove(other);
    return store.update(held, { ...content, updatedAt: now });
  }
  for (const other of place.displaced) store.remove(other);
  const stored = store.insert({
    ...content,
    id: newFileId(),
    bucket,
    path: place.path,
    label: null,
    visibility: dialect["upload.default_visibility"],
    metadata: "{}",
    urlVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
  hideOlder(store, place, stored);
  return stored;
}

function answerUpload({ urls, later }: Surroundings, { dialect }: Call, file: FileRow): Answer {
  const lag = lagOf(dialect, "upload.answer", "202_processing");
  if (lag !== undefined) later.process(file.seq, lag);
  const rendered = renderFile(file, dialect, urls, lag === undefined ? {} : { status: "processing" });
  switch (valueOf(dialect, "upload.answer")) {
    case "202_processing":
      return { status: 202, body: wrapObject(rendered, dialect) };
    case "file":
      return { status: 200, body: wrapObject(rendered, dialect) };
    case "url_only":
      return { status: 200, body: { url: urls.plain(file) } };
    case "wrapped":
      return { status: 200, body: { success: true, message: "File uploaded", file: rendered } };
    case "201":
      return { status: 201, body: wrapObject(rendered, dialect) };
  }
}
