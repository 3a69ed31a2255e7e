import * as mediasaur from "pulumi-mediasaur";

// The 5 files of bucket "media", as "pulumi-mediasaur import" found them. The
// first "pulumi up" takes over what is there and changes nothing at the
// service. A declaration that is taken out again leaves its file where it is.
const bucket = "media";

// drafts/
new mediasaur.ManagedFile("draftsNextMd", {
  bucket,
  path: "drafts/next.md",
  visibility: "PRIVATE",
});

// internal/
new mediasaur.ManagedFile("internalPricesCsv", {
  bucket,
  path: "internal/prices.csv",
  visibility: "PRIVATE",
});

// site/
new mediasaur.ManagedFile("siteIndexHtml", {
  bucket,
  path: "site/index.html",
  visibility: "PUBLIC",
});

// site/images/
new mediasaur.ManagedFile("siteImagesHeroSvg", {
  bucket,
  path: "site/images/hero.svg",
  visibility: "PUBLIC",
});
new mediasaur.ManagedFile("siteImagesLogoSvg", {
  bucket,
  path: "site/images/logo.svg",
  visibility: "PUBLIC",
});
