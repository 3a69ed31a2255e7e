// Examples that the schema shows in the registry's page and in editors, by resource.
const fence = (language, text) => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
const examples = (...blocks) => `## Example Usage\n\n${blocks.join("\n\n")}\n`;

export const EXAMPLES = {
  Bucket: examples(
    fence(
      "yaml",
      `
resources:
  media:
    type: mediasaur:Bucket
    properties: { name: media }
outputs:
  used: \${media.usedBytes}`,
    ),
    fence(
      "python",
      `
import pulumi
import pulumi_mediasaur as mediasaur

media = mediasaur.Bucket("media", name="media")
pulumi.export("used", media.used_bytes)`,
    ),
    fence(
      "typescript",
      `
import * as mediasaur from "pulumi-mediasaur/native";

const media = new mediasaur.Bucket("media", { name: "media" });
export const used = media.usedBytes;`,
    ),
  ),
  ManagedFile: examples(
    fence(
      "yaml",
      `
resources:
  hero:
    type: mediasaur:ManagedFile
    properties:
      bucket: media
      path: site/hero.jpg
      visibility: PUBLIC
      source: { adopt: { path: incoming/hero.jpg } }`,
    ),
    fence(
      "python",
      `
import pulumi_mediasaur as mediasaur

hero = mediasaur.ManagedFile("hero",
    bucket="media",
    path="site/hero.jpg",
    visibility="PUBLIC",
    source={"adopt": {"path": "incoming/hero.jpg"}})`,
    ),
    fence(
      "typescript",
      `
import * as mediasaur from "pulumi-mediasaur/native";

const hero = new mediasaur.ManagedFile("hero", {
  bucket: "media",
  path: "site/hero.jpg",
  visibility: "PUBLIC",
  source: { adopt: { path: "incoming/hero.jpg" } },
});`,
    ),
  ),
  FileLayout: examples(
    fence(
      "yaml",
      `
resources:
  site:
    type: mediasaur:FileLayout
    properties:
      bucket: media
      prefix: site/
      unmanaged: REPORT
      files:
        hero: { path: site/hero.jpg, visibility: PUBLIC, source: { adopt: { path: incoming/hero.jpg } } }
        logo: { path: site/logo.svg, source: { copy: { bucket: brand, path: logo.svg } } }`,
    ),
    fence(
      "python",
      `
import pulumi_mediasaur as mediasaur

site = mediasaur.FileLayout("site",
    bucket="media",
    prefix="site/",
    files={"hero": {"path": "site/hero.jpg", "visibility": "PUBLIC"}})`,
    ),
  ),
};
