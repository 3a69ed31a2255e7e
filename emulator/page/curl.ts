import type { WholeRequest } from "./model";

/** The request as a command; the key stands in a variable, as the journal has none. */
export function asCurl(request: WholeRequest, baseUrl: string): string {
  const { method, path, query, body, operation } = request;
  const parts = ["curl"];
  if (method !== "GET") parts.push("-X", method);
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  parts.push(quoted(`${baseUrl}${path}${search === "" ? "" : `?${search}`}`));
  if (operation !== "download") parts.push("-H", '"Authorization: Bearer $MEDIASAUR_API_KEY"');
  const switches = Object.entries(request.dialect).map(([name, value]) => `${name}=${value}`);
  if (switches.length > 0) parts.push("-H", quoted(`X-Emulator-Dialect: ${switches.join(",")}`));
  if (operation === "upload" && typeof body === "object" && body !== null) {
    const { size: _size, ...fields } = body as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) parts.push("-F", quoted(`${name}=${String(value)}`));
    parts.push("-F", "file=@FILE");
  } else if (body !== null && body !== undefined) {
    parts.push("-H", quoted("Content-Type: application/json"), "-d", quoted(JSON.stringify(body)));
  }
  return parts.join(" ");
}

/** One word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
