import type { Operation } from "./call";
import { copyFiles } from "./copy";
import { deleteFile } from "./delete";
import { download } from "./download";
import { moveFiles } from "./move";
import type { OperationName } from "./names";
import { patchFile } from "./patch";
import { listFiles } from "./list-files";
import { getBucket, getFile, listBuckets } from "./reads";
import { createToken, upload } from "./upload";

/** What each operation does. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  listBuckets,
  getBucket,
  listFiles,
  getFile,
  patchFile,
  deleteFile,
  copyFiles,
  moveFiles,
  createToken,
  upload,
  download,
};
