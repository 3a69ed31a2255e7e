import { control } from "./doors";
import { useAnswer } from "./hooks";
import { bytes, type FileDetails, type PageFile } from "./model";
import { Preview } from "./preview";

/** Files in figures. */
export function Summary({ files }: { readonly files: readonly PageFile[] }) {
  const isPublic = files.filter((file) => file.isPublic).length;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <dl class="facts">
      <dt>Files</dt>
      <dd>{files.length.toLocaleString("en")}</dd>
      <dt>Public</dt>
      <dd>{isPublic.toLocaleString("en")}</dd>
      <dt>Private</dt>
      <dd>{(files.length - isPublic).toLocaleString("en")}</dd>
      <dt>Size</dt>
      <dd>{bytes(size)}</dd>
    </dl>
  );
}

/** All of a file: what it shows, and what is known of it. */
export function FileView({ file, onRequests }: { readonly file: PageFile; readonly onRequests: () => void }) {
  const { id, path, updatedAt, isPublic } = file;
  const details = useAnswer(
    () => control<FileDetails>("GET", `file?file_id=${encodeURIComponent(id)}`),
    [id, path, updatedAt, isPublic],
  );
  if (details?.id !== id) return <p class="preview-note">Loading…</p>;
  const hasMetadata = details.metadata !== null && JSON.stringify(details.metadata) !== "{}";
  return (
    <>
      <section class="preview" aria-label="Preview">
        <Preview file={details} />
      </section>
      <dl class="facts">
        <dt>Address</dt>
        <dd class="wrap">{details.url}</dd>
        <dt>Size</dt>
        <dd>
          {bytes(details.size)}
          {details.size >= 1000 && <span class="quiet"> ({details.size.toLocaleString("en")} bytes)</span>}
        </dd>
        <dt>Type</dt>
        <dd>{details.mime_type}</dd>
        <dt>Id</dt>
        <dd class="wrap mono">{details.id}</dd>
        <dt>Created</dt>
        <dd>{when(details.created_at)}</dd>
        <dt>Changed</dt>
        <dd>{when(details.updated_at)}</dd>
        {details.sha256 !== null && (
          <>
            <dt>SHA-256</dt>
            <dd class="wrap mono">{details.sha256}</dd>
          </>
        )}
        {hasMetadata && (
          <>
            <dt>Metadata</dt>
            <dd>
              <pre class="metadata">{JSON.stringify(details.metadata, undefined, 2)}</pre>
            </dd>
          </>
        )}
      </dl>
      <p>
        <button type="button" class="ghost" onClick={onRequests}>
          What was asked of this file
        </button>
      </p>
    </>
  );
}

function when(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
}
