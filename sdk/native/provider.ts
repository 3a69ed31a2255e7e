import * as pulumi from "@pulumi/pulumi";
import { withVersion } from "./options";

/** What a provider is configured with. */
export interface ProviderArgs {
  /**
   * The API key, `sk_...`; kept as a secret.
   * @default the environment's `MEDIASAUR_API_KEY`
   */
  apiKey?: pulumi.Input<string | undefined>;
  /**
   * Where the API is.
   * @default the environment's `MEDIASAUR_BASE_URL`, else `https://api.mediasaur.com`
   */
  baseUrl?: pulumi.Input<string | undefined>;
  /**
   * Where uploads go. To be set together with `baseUrl`.
   * @default the environment's `MEDIASAUR_UPLOAD_URL`, else `https://upload.mediasaur.com`
   */
  uploadUrl?: pulumi.Input<string | undefined>;
}

/**
 * An account of Mediasaur: as many in a program as it likes. Give it to resources and functions as their option `provider`.
 *
 * @example
 * ```ts
 * const archive = new mediasaur.Provider("archive", { apiKey: config.requireSecret("archiveKey") });
 * new mediasaur.ManagedFile("old", { bucket: "attic", path: "old.zip" }, { provider: archive });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * Declares a provider.
   *
   * @param name - the resource's name in the program
   * @param args - its settings; what is left out comes from the environment
   * @param opts - Pulumi's options
   */
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const { apiKey, baseUrl, uploadUrl } = args;
    super("mediasaur", name, { apiKey: secretOf(apiKey), baseUrl, uploadUrl }, withVersion(opts));
  }
}

function secretOf(key: ProviderArgs["apiKey"]): pulumi.Input<string | undefined> {
  return key === undefined ? undefined : pulumi.secret(key);
}
