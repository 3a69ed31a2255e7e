import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as mediasaur from "pulumi-mediasaur";

const folder = "files";

// Every file below the folder, whatever the depth, as a path with slashes.
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/"),
  )
  .sort();

// Pulumi knows a file by the hash of its content: what did not change is not sent again.
const files = paths.map(
  (path) =>
    new mediasaur.ManagedFile(path, {
      bucket: "media",
      path: `site/${path}`,
      visibility: path.startsWith("internal/") ? "PRIVATE" : "PUBLIC",
      source: { upload: new pulumi.asset.FileAsset(join(folder, path)) },
    }),
);

export const urls = pulumi.all(files.map(({ url }) => url)).apply((all) => all.filter((url) => url !== undefined));
