import * as pulumi from "@pulumi/pulumi";
import * as mediasaur from "pulumi-mediasaur";
import { photos } from "./photos";

// "by-date": as the photographers delivered them. "by-story": reorganised. Try: pulumi config set layout by-story
const layout = new pulumi.Config().get("layout") ?? "by-date";
// The stories that are online by now; the others are drafts. Try: pulumi config set published harbour,bakery
const published = (new pulumi.Config().get("published") ?? "harbour").split(",");

function folderOf(story: string, incoming: string): string {
  if (!published.includes(story)) return `magazine/drafts/${story}`;
  const [, date] = incoming.split("/");
  return layout === "by-story" ? `magazine/stories/${story}` : `magazine/${date}`;
}

// The key is a photo's identity: whatever happens to its path, it is the same photo, and moves.
const files: Record<string, mediasaur.LayoutFileArgs> = {
  masthead: {
    path: "magazine/masthead.svg",
    source: { adopt: { path: "magazine/logo-final.svg" } },
  },
  robots: {
    path: "magazine/robots.txt",
    source: { upload: new pulumi.asset.StringAsset("User-agent: *\nDisallow: /magazine/drafts/\n") },
  },
};
for (const { incoming, story, name } of photos) {
  files[`${story}-${name}`] = {
    path: `${folderOf(story, incoming)}/${name}.svg`,
    source: { adopt: { path: incoming } },
  };
}

const magazine = new mediasaur.FileLayout("magazine", {
  bucket: "media",
  files,
  prefix: "magazine/",
  // The first rule that matches counts, for what is declared here and for whatever else lies there.
  rules: [
    { match: "magazine/drafts/**", visibility: "PRIVATE" },
    { match: "magazine/**", visibility: "PUBLIC" },
  ],
  unmanaged: "REPORT",
});

export const summary = magazine.summary;
export const undeclared = magazine.unmanagedFiles.apply((found) => (found ?? []).map(({ path }) => path));
export const urls = magazine.files.apply((found) =>
  Object.fromEntries(Object.entries(found).flatMap(([key, { url }]) => (url === undefined ? [] : [[key, url]]))),
);
