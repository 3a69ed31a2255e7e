import * as pulumi from "@pulumi/pulumi";
import type { FileSource } from "../../sdk";

// What the compiler refuses here is refused in programs; `npm run typecheck` fails where one of these compiles.

test("a source is one of its forms, and an upload is an asset and no path", () => {
  const asset: pulumi.asset.Asset = new pulumi.asset.StringAsset("x");
  const right: FileSource[] = [
    { adopt: { path: "a.txt" } },
    { copy: { bucket: "brand", id: "f_1" } },
    { upload: asset },
    { upload: new pulumi.asset.FileAsset("a.txt") },
    { upload: pulumi.output(asset) },
  ];
  // @ts-expect-error -- a path is no asset
  const path: FileSource = { upload: "x.txt" };
  // @ts-expect-error -- two forms at once
  const both: FileSource = { adopt: { path: "a" }, upload: asset };
  // @ts-expect-error -- misspelt
  const misspelt: FileSource = { adpot: { path: "a" } };
  // @ts-expect-error -- a path and an id at once
  const twofold: FileSource = { adopt: { path: "a", id: "f_1" } };
  expect(right).toHaveLength(5);
  expect([path, both, misspelt, twofold]).toHaveLength(4);
});
