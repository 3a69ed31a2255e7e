import { TestEmulator } from "../support/emulator";
import { TestStack } from "../support/stack";

test("long uploads and many files tell how far they are, and nothing of it stays in the end", async () => {
  const emulator = await TestEmulator.start({
    latencyMs: 250,
    seed: {
      buckets: { media: { files: Array.from({ length: 12 }, (_, n) => ({ path: `in/${String(n)}`, content: "x" })) } },
    },
  });
  const stack = await TestStack.create(emulator.stackConfig);
  try {
    stack.program(`
      const upload = (text) => ({ upload: new pulumi.asset.StringAsset(text) });
      const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [\`k\${n}\`, { path: \`up/\${n}.txt\`, source: upload(\`text \${n}\`) }]));
      new mediasaur.FileLayout("site", { bucket: "media", files });
      for (let n = 0; n < 12; n += 1) {
        new mediasaur.ManagedFile(\`f\${n}\`, { bucket: "media", path: \`out/\${n}.txt\`, source: { adopt: { path: \`in/\${n}\` } } });
      }
    `);
    const up = await stack.up();
    expect(up).toMatchObject({ ok: true });
    expect(up.text).toMatch(/site: \d+ of 40 uploaded, \d+ bytes? of 270 bytes/);
    expect(up.text).toMatch(/\d+ of \d+ files done/);
    const diagnostics = up.text.slice(up.text.lastIndexOf("Diagnostics:"));
    expect(diagnostics).toContain("site: 40 uploaded");
    expect(diagnostics).not.toMatch(/ files done| of 40 uploaded/);
  } finally {
    stack.remove();
    await emulator.close();
  }
});
