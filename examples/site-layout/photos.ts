/** A photo as it came from the camera, and the story that it belongs to. */
export interface Photo {
  /** Path in the bucket, as the photographers leave it there. */
  readonly incoming: string;
  /** The story's short name. */
  readonly story: string;
  /** What the photo is called on the site. */
  readonly name: string;
}

export const photos: readonly Photo[] = [
  { incoming: "incoming/2024-05-02/IMG_0411.svg", story: "harbour", name: "cranes-at-dawn" },
  { incoming: "incoming/2024-05-02/IMG_0417.svg", story: "harbour", name: "the-last-ferry" },
  { incoming: "incoming/2024-05-09/IMG_0411.svg", story: "bakery", name: "four-in-the-morning" },
  { incoming: "incoming/2024-05-09/IMG_0420.svg", story: "bakery", name: "rye" },
];
