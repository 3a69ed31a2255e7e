/**
 * Headers of everything that the API and the addresses of files answer. What it holds is others' content: a browser takes it for
 * nothing else than it says, and runs none of it with a say over the control surface, which has the same origin.
 */
export const foreignContent: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'",
  "referrer-policy": "no-referrer",
};

/** Headers of the control surface: no page of another origin shows it in a frame, or reads it as a script or a picture. */
export const ownContent: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};
