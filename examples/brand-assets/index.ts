import * as mediasaur from "pulumi-mediasaur";

// The brand team's bucket is read, and stays as it is.
const brand = new mediasaur.Bucket("brand", { name: "brand" });

// What of it the site shows, and where.
const assets = {
  logo: { from: "logo/primary.svg", to: "site/brand/logo.svg" },
  "logo-print": { from: "logo/monochrome.svg", to: "site/brand/logo-print.svg" },
  font: { from: "fonts/brand-sans.txt", to: "site/brand/brand-sans.txt" },
};

export const urls = Object.fromEntries(
  Object.entries(assets).map(([name, { from, to }]) => {
    const copy = new mediasaur.ManagedFile(name, {
      bucket: "media",
      path: to,
      visibility: "PUBLIC",
      source: { copy: { bucket: brand.name, path: from } },
    });
    return [name, copy.url];
  }),
);
