import * as deeds from "./deeds";
import { control } from "./doors";
import { useAnswer, useDeed, usePage } from "./hooks";

/** What the panel says while nothing is selected. */
export function Welcome() {
  const { say } = usePage();
  const [run] = useDeed();
  const connection = useAnswer(() => control<{ base_url: string; api_key: string }>("GET", "connection"), []);
  const lines =
    connection === undefined
      ? ""
      : [
          `pulumi config set --secret mediasaur:apiKey ${connection.api_key}`,
          `pulumi config set mediasaur:baseUrl ${connection.base_url}`,
          `pulumi config set mediasaur:uploadUrl ${connection.base_url}`,
        ].join("\n");
  return (
    <div class="welcome">
      <h2>Pick a file</h2>
      <p>
        Choose something on the left to look at it and to change it, as somebody at the service's own console would.
        Your program finds out at its next preview: that is how drift is tried. Drop files on a folder to upload them.
      </p>
      <h3>Point a stack here</h3>
      <pre class="commands" tabIndex={0} role="region" aria-label="Commands that point a stack here">
        {lines}
      </pre>
      <button
        type="button"
        disabled={lines === ""}
        onClick={() =>
          void run(async () => {
            await deeds.copyText(lines);
            say("Commands copied");
          })
        }
      >
        Copy commands
      </button>
    </div>
  );
}
