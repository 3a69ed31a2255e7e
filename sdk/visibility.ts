/** Who may see a file. */
export const Visibility = {
  /** Anyone who has its URL. */
  Public: "PUBLIC",
  /** Only holders of an API key, or of a signed URL. */
  Private: "PRIVATE",
} as const;

/** Who may see a file: `"PUBLIC"` or `"PRIVATE"`. */
export type Visibility = (typeof Visibility)[keyof typeof Visibility];

/** What happens to the file in the bucket when its declaration goes. */
export const DeletionPolicy = {
  /** The file stays where it is. */
  Retain: "RETAIN",
  /** The file is deleted for good (`DELETE /files/{file_id}`). */
  Delete: "DELETE",
} as const;

/** What happens to the file in the bucket when its declaration goes: `"RETAIN"` or `"DELETE"`. */
export type DeletionPolicy = (typeof DeletionPolicy)[keyof typeof DeletionPolicy];

/** How a file came under the program's care. */
export type Origin = "adopted" | "copied" | "uploaded";
