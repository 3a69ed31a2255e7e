import * as mediasaur from "pulumi-mediasaur";

// The bucket is there already: it is read, never written.
const media = new mediasaur.Bucket("media", { name: "media" });

// Files that came in under whatever name the camera gave them find their place on the site, in public.
const hero = new mediasaur.ManagedFile("hero", {
  bucket: media.name,
  path: "site/images/hero.svg",
  visibility: mediasaur.Visibility.Public,
  source: { adopt: { path: "incoming/IMG_2041.svg" } },
});

const logo = new mediasaur.ManagedFile("logo", {
  bucket: media.name,
  path: "site/images/logo.svg",
  visibility: mediasaur.Visibility.Public,
  source: { adopt: { path: "incoming/logo-final-v3.svg" } },
});

const welcome = new mediasaur.ManagedFile("welcome", {
  bucket: media.name,
  path: "site/welcome.html",
  visibility: mediasaur.Visibility.Public,
  source: { adopt: { path: "drafts/welcome.html" } },
});

// What nobody outside should see is private, wherever it is.
new mediasaur.ManagedFile("price-list", {
  bucket: media.name,
  path: "internal/price-list.csv",
  visibility: mediasaur.Visibility.Private,
  source: { adopt: { path: "incoming/price-list.csv" } },
});

// Without a source, a file is taken over where it is. This one is to stay a draft.
new mediasaur.ManagedFile("next-post", {
  bucket: media.name,
  path: "drafts/next-post.md",
  visibility: mediasaur.Visibility.Private,
});

export const heroUrl = hero.url;
export const logoUrl = logo.url;
export const welcomeUrl = welcome.url;
export const filesInBucket = media.fileCount;
