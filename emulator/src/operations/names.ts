/** The operations of the API by the contract's `operationId`, and the names that faults and the journal know them by. */
export const operationNames = {
  listBuckets: "listBuckets",
  getBucket: "getBucket",
  listFiles: "listFiles",
  getFile: "getFile",
  updateFile: "patchFile",
  deleteFile: "deleteFile",
  copyFiles: "copyFiles",
  moveFiles: "moveFiles",
  createUploadToken: "createToken",
  uploadFile: "upload",
} as const;

/** An operation of the contract. */
export type ContractOperation = keyof typeof operationNames;

/** An operation as faults and the journal name it; `download` is the only one that isn't in the contract. */
export type OperationName = (typeof operationNames)[ContractOperation] | "download";

/** Every operation's name. */
export const allOperations: readonly OperationName[] = [...Object.values(operationNames), "download"];
