const paths = {
  bucket:
    "M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zm0 0 1.500 12.500C5.700 20 8.500 21 12 21s6.300-1 6.500-2.500L20 6",
  folder: "M3 7a2 2 0 0 1 2-2h4l2 2.500h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z",
  file: "M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm7 0v5h5",
  image:
    "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm-1 12 4.500-4.500L13 16l3-3 4 4M15.500 8.500h.01",
  sound:
    "M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zm10-2a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z",
  film: "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm6 4v6l5-3z",
  chevron: "m9 6 6 6-6 6",
  globe:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9s.5-6 3.500-9z",
  lock: "M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zm2 0V8a4 4 0 0 1 8 0v3",
  upload: "M12 16V4m0 0L7 9m5-5 5 5M4 17v2a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-2",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm9 16-4-4",
  back: "m15 5-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
} as const;

/** The name of a picture. */
export type IconName = keyof typeof paths;

/** A small picture beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

const kinds: readonly (readonly [RegExp, IconName])[] = [
  [/\.(png|jpe?g|gif|webp|avif|svg|ico)$/i, "image"],
  [/\.(mp3|wav|ogg|m4a|flac)$/i, "sound"],
  [/\.(mp4|webm|mov)$/i, "film"],
];

/** The picture for a file. */
export function iconOf(path: string): IconName {
  return kinds.find(([expression]) => expression.test(path))?.[1] ?? "file";
}
