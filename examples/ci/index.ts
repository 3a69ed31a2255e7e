import * as mediasaur from "pulumi-mediasaur";

const bucket = "media";

new mediasaur.ManagedFile("index", { bucket, path: "site/index.html", visibility: "PUBLIC" });
new mediasaur.ManagedFile("logo", { bucket, path: "site/logo.svg", visibility: "PUBLIC" });
new mediasaur.ManagedFile("next", { bucket, path: "drafts/next.md", visibility: "PRIVATE" });
