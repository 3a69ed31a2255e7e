import { mediasaurError, type MediasaurError } from "../../client";
import { firstOf, MAX_DELETES, type FileLayoutInputs } from "../../model/file-layout";
import { displayName } from "../../reconcile/run/claims";

/** The error where more files would go than may: those of keys that left, and undeclared ones. */
export function tooManyDeletes(
  inputs: FileLayoutInputs,
  counted: number,
  files: readonly { readonly path: string }[],
): MediasaurError | undefined {
  const most = inputs.maxDeletes ?? MAX_DELETES;
  if (counted <= most) return undefined;
  const message =
    `${displayName(inputs.__declaration ?? "")} would delete ${String(counted)} files, and maxDeletes is ${String(most)}: ` +
    `${firstOf(files.map(({ path }) => path))}. Nothing was deleted. If all of them are to go, set maxDeletes to ` +
    `${String(counted)} or more.`;
  return mediasaurError({ code: "too_many_deletes", message });
}
