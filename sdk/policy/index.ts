/**
 * Policies for a CrossGuard `PolicyPack`: what programs may declare of files, checked at preview and up.
 *
 * @module pulumi-mediasaur/policy
 */
export type { Globs } from "./globs";
export type { FilePolicy } from "./file-policy";
export { noPublicFiles, type NoPublicFilesArgs } from "./no-public-files";
export { protectedDeletes, type ProtectedDeletesArgs } from "./protected-deletes";
export { visibilityRules, type VisibilityRule, type VisibilityRulesArgs } from "./visibility-rules";
