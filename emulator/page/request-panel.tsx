import { asCurl } from "./curl";
import { copyText } from "./deeds";
import { control } from "./doors";
import { useAnswer, useDeed, usePage } from "./hooks";
import { Icon } from "./icons";
import { bytes, counted, folderOf, nameOf, type ChangedFile, type PageRequest, type WholeRequest } from "./model";
import { durationOf, statusClass, statusText } from "./requests-tab";

/** All of a request: what was asked and answered, what shaped it, and what it changed. */
export function RequestPanel({ request, onBack }: { readonly request: PageRequest; readonly onBack: () => void }) {
  const { say } = usePage();
  const [run] = useDeed();
  const { seq, ended_ms: ended, status } = request;
  const whole = useAnswer(() => control<WholeRequest>("GET", `requests/${String(seq)}`), [seq, ended, status]);
  const switches = Object.entries(whole?.dialect ?? {});
  return (
    <div class="panel-inner">
      <header class="panel-head">
        <button type="button" class="ghost back" onClick={onBack}>
          <Icon name="back" />
          Back
        </button>
        <div class="panel-title">
          <h2>
            {request.method} {request.operation ?? "no operation"}
          </h2>
          <p class="path">{request.path}</p>
        </div>
        <span class={`status ${statusClass(request)}`}>{statusText(request)}</span>
      </header>
      <div class="deeds">
        <button
          type="button"
          disabled={whole === undefined}
          onClick={() =>
            void run(async () => {
              if (whole === undefined) return;
              await copyText(asCurl(whole, location.origin));
              say("Copied as curl; the key goes into $MEDIASAUR_API_KEY");
            })
          }
        >
          Copy as curl
        </button>
      </div>
      <dl class="facts">
        <dt>Number</dt>
        <dd>{request.seq}</dd>
        <dt>Began</dt>
        <dd>{new Date(request.started_ms).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })}</dd>
        <dt>Took</dt>
        <dd>{durationOf(request)}</dd>
        <dt>Sent</dt>
        <dd>
          {bytes(request.bytes_in)} in, {bytes(request.bytes_out)} out
        </dd>
        <dt>Fault</dt>
        <dd>{request.fault === null ? "none" : <span class="chip fault">{request.fault}</span>}</dd>
        <dt>Dialect</dt>
        <dd>
          {switches.length === 0 ? (
            "as documented"
          ) : (
            <ul class="chips">
              {switches.map(([name, value]) => (
                <li key={name} class="chip">
                  {name}={value}
                </li>
              ))}
            </ul>
          )}
        </dd>
        {request.by === "page" && (
          <>
            <dt>By</dt>
            <dd>hand, on this page</dd>
          </>
        )}
      </dl>
      {whole?.seq === seq && (
        <>
          <Changes request={whole} />
          {Object.keys(whole.query).length > 0 && <Json title="Query" value={whole.query} />}
          {whole.body !== null && <Json title="Body" value={whole.body} />}
          {whole.answer === undefined ? (
            <p class="preview-note">Its answer is not kept any more.</p>
          ) : (
            <Json title="Answer" value={whole.answer} />
          )}
        </>
      )}
    </div>
  );
}

function Changes({ request: { changes, changed } }: { readonly request: WholeRequest }) {
  if (changed === 0) return null;
  return (
    <section>
      <h3>It changed {counted(changed, "file")}</h3>
      <ul class="changes-list">
        {changes.map(({ id, before, after }) => (
          <li key={id}>
            <strong>{(after ?? before)?.path}</strong> {changeInWords(before, after)}
          </li>
        ))}
        {changed > changes.length && <li>and {(changed - changes.length).toLocaleString("en")} more</li>}
      </ul>
    </section>
  );
}

function changeInWords(before: ChangedFile | null, after: ChangedFile | null): string {
  if (before === null) return after === null ? "" : `is new, ${after.visibility.toLowerCase()}, ${bytes(after.size)}`;
  if (after === null) return "was deleted";
  const words = [
    ...(folderOf(before.path) === folderOf(after.path) ? [] : [`moved from ${folderOf(before.path) || "the root"}`]),
    ...(nameOf(before.path) === nameOf(after.path) ? [] : [`renamed from ${nameOf(before.path)}`]),
    ...(before.visibility === after.visibility ? [] : [after.visibility === "PUBLIC" ? "published" : "hidden"]),
    ...(before.size === after.size ? [] : [`${bytes(before.size)} before, ${bytes(after.size)} now`]),
  ];
  return words.length === 0 ? "was written" : words.join(", ");
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return (
    <section>
      <h3>{title}</h3>
      <pre class="preview-text" tabIndex={0} role="region" aria-label={title}>
        {text === "" ? "(empty)" : text}
      </pre>
    </section>
  );
}
