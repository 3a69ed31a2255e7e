import { pathProblem } from "./paths";
import { hasUnknown, UNKNOWN } from "./unknown";

/** Who may see a file. */
export type Visibility = "PUBLIC" | "PRIVATE";

/** What happens to the file in the bucket when its declaration goes: it stays, or is deleted. */
export type DeletionPolicy = "RETAIN" | "DELETE";

/** How a file came under the program's care. */
export type Origin = "adopted" | "copied" | "uploaded";

/** Which file of a bucket: by path or by id, exactly one of them. */
export type FileReference = { readonly path: string } | { readonly id: string };

/** Where a declared file comes from. */
export type Source =
  | { readonly adopt: FileReference }
  | { readonly copy: FileReference & { readonly bucket?: string } }
  | { readonly upload: Asset };

/** A Pulumi asset as the engine hands it over: with its content only where it is to be used. */
export interface Asset {
  readonly [ASSET_SIGNATURE]?: typeof ASSET_KIND;
  /** SHA-256 of the content, in hex. Missing where a policy has changed something of the resource. */
  readonly hash?: string;
  /** A local file, relative to the program's folder. */
  readonly path?: string;
  readonly text?: string;
  /** `https:`, `http:` or `file:` */
  readonly uri?: string;
}

/** The key by which Pulumi marks special values. */
const ASSET_SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The mark of an asset; archives have another. */
const ASSET_KIND = "c44067f5952c0a294b673a41bacd8c17";

/**
 * A source of state as an input: an upload, of which state keeps the hash, as an asset again. By its hash the engine sees that the
 * program's is the same.
 */
export function sourceFound(source: Source | undefined): Source | undefined {
  if (source === undefined || !("upload" in source) || source.upload.hash === undefined) return source;
  return { upload: { [ASSET_SIGNATURE]: ASSET_KIND, hash: source.upload.hash } };
}

/** What a program says of one file, every value known. */
export interface ManagedFileInputs {
  readonly bucket: string;
  readonly path: string;
  readonly visibility?: Visibility;
  readonly source?: Source;
  readonly deletionPolicy?: DeletionPolicy;
  /** Which declaration of the program this is; see the SDK's `declarationOf`. */
  readonly __declaration?: string;
  /** That the program marks a path, or a source, as a secret: then no line shows one. */
  readonly __secret?: true;
}

/** What state holds of one file: the inputs as they were reached, and the file as it was last seen. */
export interface ManagedFileState extends ManagedFileInputs {
  readonly fileId: string;
  readonly name: string;
  readonly directory: string;
  readonly origin: Origin;
  readonly url?: string;
  readonly size?: number;
  readonly contentType?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly metadata?: Record<string, unknown>;
  /** A file that this one has replaced, and that is still to be deleted. */
  readonly __replaced?: string;
  /** Which life of the resource this is: see `reconcile/life.ts`. */
  readonly __life?: string;
  /** Whether the program sets `visibility`: state always has the one found, so that this can't be read off it. */
  readonly __visibilityDeclared?: boolean;
}

/** One thing that is wrong with an input: Pulumi prints it with the property's name. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
  /** What is wrong, where it is anything else than a file that is not there: see the errors by code. */
  readonly code?: "declared_twice" | "invalid_declaration";
}

/** Says what is wrong with the inputs by themselves, as far as they are known. No request is made. */
export function inputProblems(inputs: Record<string, unknown>): Problem[] {
  const problems: Problem[] = [];
  const refuse = (property: string, reason: string | undefined): void => {
    if (reason !== undefined) problems.push({ property, reason });
  };
  if (inputs.bucket !== UNKNOWN) refuse("bucket", nameProblem(inputs.bucket));
  if (inputs.path !== UNKNOWN) refuse("path", pathProblem(inputs.path));
  refuse("visibility", choiceProblem(inputs.visibility, ["PUBLIC", "PRIVATE"]));
  refuse("deletionPolicy", choiceProblem(inputs.deletionPolicy, ["RETAIN", "DELETE"]));
  refuse("source", sourceProblem(inputs.source));
  return problems;
}

function nameProblem(name: unknown): string | undefined {
  // Of dots alone, or with half a character, it would be another address.
  const isName = typeof name === "string" && !/^\.{0,2}$|[/\p{Cc}\p{Surrogate}]/u.test(name);
  return isName ? undefined : "must be the name of a bucket";
}

function isId(id: unknown): boolean {
  return typeof id === "string" && !/^\.{0,2}$|[\p{Cc}\p{Surrogate}]/u.test(id);
}

function choiceProblem(value: unknown, choices: readonly string[]): string | undefined {
  if (value === undefined || value === null || value === UNKNOWN) return undefined;
  if (typeof value === "string" && choices.includes(value)) return undefined;
  return `is ${JSON.stringify(value)}, and has to be ${choices.map((choice) => `"${choice}"`).join(" or ")}`;
}

const SOURCE_FORMS = "has to be exactly one of { adopt: ... }, { copy: ... } and { upload: ... }";

function sourceProblem(source: unknown): string | undefined {
  if (source === undefined || source === null || source === UNKNOWN) return undefined;
  if (!isObject(source)) return SOURCE_FORMS;
  const kinds = Object.keys(source).filter((key) => source[key] !== undefined && source[key] !== null);
  const [kind] = kinds;
  if (kinds.length !== 1 || kind === undefined || !["adopt", "copy", "upload"].includes(kind)) return SOURCE_FORMS;
  const value = source[kind];
  if (value === UNKNOWN) return undefined;
  if (kind === "upload") return assetProblem(value);
  return referenceProblem(kind, value);
}

/** Whether a value is an asset as the engine hands it over. */
export function isAsset(value: unknown): value is Asset {
  return isObject(value) && value[ASSET_SIGNATURE] === ASSET_KIND;
}

/** The SHA-256 of nothing. */
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function assetProblem(asset: unknown): string | undefined {
  if (isAsset(asset) && isHollow(asset)) {
    return "an empty StringAsset does not get through Pulumi: upload an empty file, with a FileAsset";
  }
  // As the engine hands it over, or as state keeps it: that comes back where the program ignores changes of it.
  if (isAsset(asset) || (isObject(asset) && isRecorded(asset))) return undefined;
  return "has to be { upload: asset }, with a FileAsset, StringAsset or RemoteAsset of pulumi.asset";
}

function isHollow({ hash, path, text, uri }: Asset): boolean {
  return hash === EMPTY && path === undefined && (text ?? "") === "" && uri === undefined;
}

function isRecorded(asset: Record<string, unknown>): boolean {
  return Object.keys(asset).join() === "hash" && typeof asset.hash === "string";
}

function referenceProblem(kind: string, reference: unknown): string | undefined {
  const forms = kind === "adopt" ? "{ path } or { id }" : "{ bucket?, path } or { bucket?, id }";
  const complaint = `has to be { ${kind}: ${forms} }`;
  if (!isObject(reference)) return complaint;
  const keys = Object.keys(reference).filter(
    (key) => reference[key] !== undefined && key !== (kind === "copy" ? "bucket" : ""),
  );
  const [key] = keys;
  if (keys.length !== 1 || (key !== "path" && key !== "id")) return complaint;
  const value = reference[key];
  if (value === UNKNOWN) return bucketProblem(kind, reference.bucket);
  const bucket = bucketProblem(kind, reference.bucket);
  if (bucket !== undefined) return bucket;
  if (key === "id") return isId(value) ? undefined : `${complaint}, and the id is not that of a file`;
  const problem = pathProblem(value);
  return problem === undefined ? undefined : `the path of ${kind} ${problem}`;
}

function bucketProblem(kind: string, bucket: unknown): string | undefined {
  if (bucket === undefined || bucket === UNKNOWN || nameProblem(bucket) === undefined) return undefined;
  return `the bucket of ${kind} has to be the name of a bucket`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The inputs with their types, where every value that decides something is known; `undefined` where one is not. */
export function knownInputs(inputs: Record<string, unknown>): ManagedFileInputs | undefined {
  return hasUnknown([inputs.bucket, inputs.path, inputs.visibility, inputs.source, inputs.deletionPolicy])
    ? undefined
    : (inputs as unknown as ManagedFileInputs);
}

/** The deletion policy in force: the declared one, else by origin. What the program made goes with it; the rest stays. */
export function effectiveDeletionPolicy(state: Pick<ManagedFileState, "deletionPolicy" | "origin">): DeletionPolicy {
  return state.deletionPolicy ?? (state.origin === "adopted" ? "RETAIN" : "DELETE");
}
