import type { Answer } from "../answer";

/** Bodies that no client should take for an answer. */
export const garbage: Readonly<Record<string, Pick<Answer, "text" | "type">>> = {
  html: { type: "text/html", text: "<!doctype html><html><body><h1>It works!</h1></body></html>" },
  text: { type: "text/plain", text: "OK" },
  empty: { type: "application/json", text: "" },
  null: { type: "application/json", text: "null" },
  list: { type: "application/json", text: "[]" },
  object: { type: "application/json", text: "{}" },
  bom: { type: "application/json", text: "\ufeff{}" },
  wrong_type: { type: "text/plain", text: "{}" },
  cut_json: { type: "application/json", text: '{"files": [{"id": ' },
};
