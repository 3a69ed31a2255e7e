/** What the provider takes for granted of writes, and what nothing but a write could show. */
export const ASSUMPTIONS: readonly string[] = [
  "POST /files/move takes a directory as its target, and the file keeps its name",
  "PATCH {name} changes the last part of the path",
  "PATCH {visibility} changes who may see the file",
  "a file keeps its id when it is moved, renamed or made public or private",
  "DELETE /files/{file_id} is final",
  "uploads and copies end up at the path that was asked for",
];

/** Why that is no reason to worry. */
export const ASSURANCE =
  "The provider reads each file again after it has changed it, and fails where it is not as declared.";
