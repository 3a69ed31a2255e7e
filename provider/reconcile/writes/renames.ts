import { mediasaurError } from "../../client";
import type { Session } from "../run/session";
import { extensionOf } from "./spelling";

/** The name to send for a file so that it comes to be called `wanted`, by what this run has learned of the store. */
export function nameToSend(session: Session, current: string, wanted: string): string {
  if (!session.profile.keepsExtensions) return wanted;
  const extension = extensionOf(current);
  if (extension === "") return wanted;
  if (extension === extensionOf(wanted)) return wanted.slice(0, wanted.length - extension.length);
  const message =
    `this store keeps a file's extension when it is renamed, so that "${current}" can't become "${wanted}". ` +
    `Declare a name that ends in "${extension}", or upload the file under the new name.`;
  throw mediasaurError({ code: "unsupported_store", message });
}
