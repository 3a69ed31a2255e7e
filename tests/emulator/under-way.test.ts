import { startEmulator } from "mediasaur-emulator";
import { send, uploadForm } from "./api";

test("a request that waits while the files become others is cut, and has no effect on them", async () => {
  const emulator = await startEmulator({ port: 0, faults: [{ op: "upload", kind: "latency", args: { ms: 200 } }] });
  try {
    const upload = send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "late.txt" }, Buffer.from("late")));
    const cut = expect(upload).rejects.toThrow();
    while ((await emulator.requests()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await emulator.control("POST", "reseed", {
      seed: { buckets: { media: { files: [{ path: "a.txt", content: "a" }] } } },
    });
    await cut;
    expect((await emulator.state()).files.map(({ path }) => path)).toEqual(["a.txt"]);
  } finally {
    await emulator.close();
  }
});
