/** The program whose state each release records: every resource, and every way in which a file comes under its care. */
export const PROGRAM = `
const media = new mediasaur.Bucket("media", { name: "media" });
new mediasaur.ManagedFile("kept", { bucket: media.name, path: "site/kept.txt" });
new mediasaur.ManagedFile("moved", {
  bucket: "media", path: "site/moved.txt", visibility: "PRIVATE", source: { adopt: { path: "in/moved.txt" } },
});
new mediasaur.ManagedFile("copied", {
  bucket: "media", path: "site/copied.txt", visibility: "PUBLIC", source: { copy: { path: "site/kept.txt" } }, deletionPolicy: "DELETE",
});
new mediasaur.ManagedFile("uploaded", {
  bucket: "media", path: "site/uploaded.txt", source: { upload: new pulumi.asset.StringAsset("uploaded") },
});
new mediasaur.FileLayout("layout", {
  bucket: "media",
  prefix: "blog/",
  files: {
    post: { path: "blog/post.txt", source: { adopt: { path: "in/post.txt" } } },
    banner: { path: "blog/banner.txt", visibility: "PUBLIC", source: { upload: new pulumi.asset.StringAsset("banner") } },
  },
  rules: [{ match: "blog/**", visibility: "PRIVATE" }],
  unmanaged: "REPORT",
});
`;

/** What is in the bucket before that program runs. */
export const SEED: Readonly<Record<string, string>> = {
  "site/kept.txt": "PUBLIC",
  "in/moved.txt": "PUBLIC",
  "in/post.txt": "PUBLIC",
  "blog/undeclared.txt": "PRIVATE",
  "stranger.txt": "PUBLIC",
};
