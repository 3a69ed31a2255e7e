import { stat } from "node:fs/promises";
import { isAsset, type Asset } from "../../model/managed-file";

/**
 * The sizes of what the program uploads. The engine hands an asset over with its content only where it checks and where it
 * creates or updates: in between there is the hash alone.
 */
export class Sizes {
  readonly #seen = new Map<string, Asset>();

  /** Remembers the assets that are anywhere inside. */
  note(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    if (!isAsset(value)) for (const inner of Object.values(value)) this.note(inner);
    else if (value.hash !== undefined) this.#seen.set(value.hash, value);
  }

  /** Bytes; `undefined` where only sending it would tell. */
  async of(asset: Asset): Promise<number | undefined> {
    const { text, path } = (asset.text ?? asset.path) ? asset : (this.#seen.get(asset.hash ?? "") ?? asset);
    if (text !== undefined && text !== "") return Buffer.byteLength(text);
    if (path === undefined || path === "") return undefined;
    const found = await stat(path).catch(() => undefined);
    return found?.size;
  }
}
