import * as automation from "@pulumi/pulumi/automation";
import * as mediasaur from "pulumi-mediasaur";

// Moves a file to the site and makes it public: `npx ts-node publish.ts drafts/post.md site/post.md`.
const [from, to] = process.argv.slice(2);
const { MEDIASAUR_API_KEY: apiKey = "", MEDIASAUR_BASE_URL: baseUrl, MEDIASAUR_UPLOAD_URL: uploadUrl } = process.env;

function program(source: string, target: string): automation.PulumiFn {
  return () => {
    const post = new mediasaur.ManagedFile("post", {
      bucket: "media",
      path: target,
      visibility: "PUBLIC",
      source: { adopt: { path: source } },
    });
    return Promise.resolve({ url: post.url });
  };
}

async function publish(source: string, target: string): Promise<void> {
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { projectName: "publish", stackName: "posts", program: program(source, target) },
    // The provider runs in a process of its own, which finds pulumi-mediasaur from this folder.
    { workDir: __dirname },
  );
  await stack.setConfig("mediasaur:apiKey", { value: apiKey, secret: true });
  if (baseUrl !== undefined) await stack.setConfig("mediasaur:baseUrl", { value: baseUrl });
  if (uploadUrl !== undefined) await stack.setConfig("mediasaur:uploadUrl", { value: uploadUrl });

  const preview = await stack.preview();
  console.log("planned:", preview.changeSummary);
  const { outputs, summary } = await stack.up();
  console.log("done:", summary.resourceChanges);
  console.log("url:", outputs.url?.value);
}

if (from === undefined || to === undefined) {
  console.error("usage: publish.ts FROM TO");
  process.exitCode = 2;
} else {
  void publish(from, to).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
