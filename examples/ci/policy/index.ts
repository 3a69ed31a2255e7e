import { PolicyPack } from "@pulumi/policy";
import { noPublicFiles, protectedDeletes, visibilityRules } from "pulumi-mediasaur/policy";

new PolicyPack("media-files", {
  enforcementLevel: "mandatory",
  policies: [
    // What may be public at all: everything else is refused.
    noPublicFiles({ except: ["site/**"] }),
    // What has to be public, or private.
    visibilityRules({
      rules: [
        { match: "drafts/**", visibility: "PRIVATE" },
        { match: "site/**", visibility: "PUBLIC" },
      ],
    }),
    // What no program may delete. To warn, and let the update go on: "advisory".
    protectedDeletes({ match: ["legal/**", "internal/**"], enforcementLevel: "mandatory" }),
  ],
});
