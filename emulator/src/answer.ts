import type { FileRow } from "./store/rows";

/** How an answer goes wrong on the wire, or slowly. */
export type WireFault =
  | { readonly kind: "reset" }
  | { readonly kind: "close" }
  | { readonly kind: "slow"; readonly form: "headers_then_stall" | "dribble"; readonly ms: number }
  | { readonly kind: "cut"; readonly after: number; readonly framing: "declared" | "chunked" | "clean" };

/** What a request is answered with: a JSON body, or text as it is, or a file's bytes. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string | Buffer;
  readonly type?: string;
  readonly file?: FileRow;
  readonly wire?: WireFault;
}
