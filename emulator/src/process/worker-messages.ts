/** What the thread of a program asks of the server's thread. */
export type WorkerRequest =
  | { readonly call: number; readonly do: "reset" }
  | { readonly call: number; readonly do: "close" }
  | {
      readonly call: number;
      readonly do: "control";
      readonly method: string;
      readonly path: string;
      readonly body: string | undefined;
    };

/** What the server's thread says. */
export type WorkerReport =
  | {
      readonly kind: "ready";
      readonly baseUrl: string;
      readonly apiKey: string;
      readonly temporaryFolder: string | undefined;
    }
  | { readonly kind: "failed"; readonly message: string; readonly isUsage: boolean }
  | { readonly kind: "done"; readonly call: number; readonly result?: unknown; readonly error?: string };
