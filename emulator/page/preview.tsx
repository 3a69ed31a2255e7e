import { useEffect, useState } from "preact/hooks";
import { bytes, type FileDetails } from "./model";

const MOST_TEXT = 64 * 1024;

type TextOf = { readonly text: string; readonly isCut: boolean } | "binary" | "failed" | undefined;

/** What is in a file: a picture, sound, a film, or text. None of it runs: it comes in a sandbox, and text is only text. */
export function Preview({ file }: { readonly file: FileDetails }) {
  const { id, name, mime_type: type, updated_at, size } = file;
  const address = `/_emulator/content?file_id=${encodeURIComponent(id)}&v=${encodeURIComponent(updated_at)}`;
  const [broken, setBroken] = useState<string>();
  if (size === 0) return <p class="preview-note">The file is empty.</p>;
  if (broken === address) return <p class="preview-note">These {bytes(size)} are nothing that a browser can show.</p>;
  const onError = (): void => {
    setBroken(address);
  };
  if (type.startsWith("image/")) {
    return (
      <div class="preview-picture">
        <img src={address} alt={`What ${name} shows`} onError={onError} />
      </div>
    );
  }
  if (type.startsWith("audio/")) return <audio class="preview-sound" controls src={address} onError={onError} />;
  if (type.startsWith("video/")) return <video class="preview-film" controls src={address} onError={onError} />;
  return <TextPreview key={address} address={address} name={name} />;
}

function TextPreview({ address, name }: { readonly address: string; readonly name: string }) {
  const [text, setText] = useState<TextOf>();
  useEffect(() => {
    const ending = new AbortController();
    readText(address, ending.signal).then(setText, () => {
      if (!ending.signal.aborted) setText("failed");
    });
    return () => {
      ending.abort();
    };
  }, [address]);
  if (text === undefined) return <p class="preview-note">Loading…</p>;
  if (text === "failed") return <p class="preview-note">The file could not be read.</p>;
  if (text === "binary") return <p class="preview-note">There is no preview for files of this type.</p>;
  return (
    <>
      <pre class="preview-text" tabIndex={0} role="region" aria-label={`Text of ${name}`}>
        {text.text}
      </pre>
      {text.isCut && <p class="preview-note">The first {bytes(MOST_TEXT)} of it.</p>}
    </>
  );
}

async function readText(address: string, signal: AbortSignal): Promise<TextOf> {
  const response = await fetch(address, { signal });
  if (!response.ok || response.body === null) return "failed";
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > MOST_TEXT) {
      isCut = true;
      await reader.cancel();
      break;
    }
  }
  const all = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()).subarray(0, MOST_TEXT);
  if (all.includes(0)) return "binary";
  try {
    // A character that is cut in two at the end is no sign of something else than text.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(all, { stream: isCut });
    return { text, isCut };
  } catch {
    return "binary";
  }
}
