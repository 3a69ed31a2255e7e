import { MediasaurClient, type ClientOptions } from "../../provider/client";
import type { TestEmulator } from "../support/emulator";
import { textAsset } from "../support/declarations";
import { changed, type Declared, type Program } from "./program";

/** The bucket that the program's files live in comes first by name: a key that sees but one bucket sees this one. */
export const SEED: Readonly<Record<string, "PUBLIC" | "PRIVATE">> = {
  "in/a.txt": "PUBLIC",
  "in/b.txt": "PRIVATE",
  "in/deep/odd.txt": "PUBLIC",
  "in/extra.txt": "PUBLIC",
  "in/original.txt": "PRIVATE",
  "in/stranger.txt": "PUBLIC",
  "site/deep/stranger.txt": "PUBLIC",
  "site/stay.txt": "PUBLIC",
  "site/stranger.txt": "PRIVATE",
  "swap/case.txt": "PUBLIC",
  "swap/one.txt": "PUBLIC",
  "swap/two.txt": "PRIVATE",
  // More than a page of those stores that have small ones.
  "pool/1.txt": "PUBLIC",
  "pool/2.txt": "PRIVATE",
  "stranger.txt": "PUBLIC",
};

/** What is there beside, for a program that is one resource: two folders that trade places, and a file that only a rule speaks of. */
const MORE: Readonly<Record<string, "PUBLIC" | "PRIVATE">> = {
  "left/1.txt": "PUBLIC",
  "left/2.txt": "PRIVATE",
  "right/1.txt": "PRIVATE",
  "right/3.txt": "PUBLIC",
  "ruled/open.txt": "PUBLIC",
};

/** The bucket that files are copied from. */
const OTHER = { "brand/mark.txt": "PRIVATE", "logo.txt": "PUBLIC" } as const;

/** What the text of a seeded file is. */
export const seededText = (path: string): string => `content of ${path}`;

/** Puts the files there that the scenario begins with, and has the service answer in some dialect from then on. */
export async function begin(emulator: TestEmulator, dialect: Record<string, string>, isWhole: boolean): Promise<void> {
  const files = Object.entries(OTHER).map(([path, visibility]) => ({ path, visibility, content: seededText(path) }));
  await emulator.seed(isWhole ? { ...SEED, ...MORE } : SEED, { originals: { files } });
  await emulator.dialect(dialect);
}

/** One `up` of the scenario, and what is done from outside before it. */
export interface Stage {
  readonly name: string;
  readonly program: Program;
  /** Changes from outside; a refresh follows them, unless the `up` has to find them by itself. */
  readonly edits?: readonly Record<string, string>[];
  readonly isUnrefreshed?: boolean;
  /** What the preview after that refresh has to show a change of. */
  readonly drift?: readonly string[];
  /** Declarations that aim at paths which strangers' files hold: each is to be refused, and nothing is to change. */
  readonly taken?: readonly Declared[];
}

/** The text that each declaration's file has to have, where it is not uploaded: that of the file it was made from. */
export const ORIGINS: Readonly<Record<string, string>> = {
  a: "in/a.txt",
  b: "in/b.txt",
  stay: "site/stay.txt",
  one: "swap/one.txt",
  two: "swap/two.txt",
  case: "swap/case.txt",
  odd: "in/deep/odd.txt",
  copy: "in/original.txt",
  mark: "brand/mark.txt",
  left1: "left/1.txt",
  left2: "left/2.txt",
  right1: "right/1.txt",
  right3: "right/3.txt",
  ruled: "ruled/open.txt",
};

const START: Program = {
  a: { path: "site/new-a.txt", visibility: "PRIVATE", source: { adopt: { path: "in/a.txt" } } },
  b: { path: "site/deep/b.txt", visibility: "PUBLIC" },
  stay: { path: "site/stay.txt", visibility: "PUBLIC", deletionPolicy: "DELETE" },
  one: { path: "swap/one.txt", visibility: "PUBLIC" },
  two: { path: "swap/two.txt", visibility: "PRIVATE" },
  case: { path: "swap/case.txt", visibility: "PUBLIC" },
  odd: { path: "in/deep/odd.txt", visibility: "PUBLIC" },
  copy: { path: "site/copy.txt", visibility: "PRIVATE", source: { copy: { path: "in/original.txt" } } },
  mark: {
    path: "brand/mark.txt",
    visibility: "PUBLIC",
    source: { copy: { bucket: "originals", path: "brand/mark.txt" } },
  },
  up: { path: "site/up.txt", visibility: "PRIVATE", source: { upload: textAsset("one") } },
};

/** Beside `START`, for a program that is one resource. */
const START_OF_MORE: Program = {
  left1: { path: "left/1.txt", visibility: "PUBLIC" },
  left2: { path: "left/2.txt", visibility: "PRIVATE" },
  right1: { path: "right/1.txt", visibility: "PRIVATE" },
  right3: { path: "right/3.txt", visibility: "PUBLIC" },
  ruled: { path: "ruled/open.txt", visibility: "PRIVATE", byRule: true },
};

/** The folders trade places; what one of them had is published, and something of the other is hidden. */
const TRADED: Readonly<Record<string, Partial<Declared>>> = {
  left1: { path: "right/1.txt", visibility: "PRIVATE" },
  left2: { path: "right/2.txt", visibility: "PUBLIC" },
  right1: { path: "left/1.txt" },
  right3: { path: "left/3.txt" },
};

const TAKEN: readonly Declared[] = [
  { path: "site/stranger.txt", visibility: "PRIVATE", source: { adopt: { path: "in/extra.txt" } } },
  { path: "site/stranger.txt", visibility: "PRIVATE", source: { copy: { path: "in/extra.txt" } } },
  { path: "in/stranger.txt", visibility: "PUBLIC", source: { upload: textAsset("not theirs") } },
];

/** A name that many a store writes in another way: with capitals, spaces, a percent sign, and an accent apart from its letter. */
const ODD_PATH = "site/Odd name 100%25 cafe\u0301.txt";

/** What somebody does to a program that looks for it at every `up`. */
const UNSEEN: NonNullable<Stage["edits"]> = [
  { op: "visibility", bucket: "media", path: "ruled/open.txt", visibility: "PUBLIC" },
  { op: "move", bucket: "media", path: "right/2.txt", to: "elsewhere/2.txt" },
];

/**
 * The scenario.
 *
 * @param idOfB - by which id the service knows the file that is adopted by id
 * @param isWhole - whether the program is one resource
 */
export function stages(idOfB: string, isWhole: boolean): Stage[] {
  const created = changed(isWhole ? { ...START, ...START_OF_MORE } : START, {
    b: { source: { adopt: { id: idOfB } } },
  });
  const rearranged = changed(created, {
    a: { path: "home.txt" },
    b: { path: "site/deep/b2.txt", visibility: "PRIVATE" },
    stay: { path: "site/other/stay.txt", visibility: "PRIVATE" },
    one: { path: "swap/two.txt" },
    two: { path: "swap/one.txt" },
    up: { source: { upload: textAsset("number two") } },
    ...TRADED,
  });
  const fewer = changed(rearranged, { copy: undefined, stay: undefined });
  const named = changed(fewer, { case: { path: "swap/CASE.txt" }, odd: { path: ODD_PATH } });
  return [
    { name: "create", program: created },
    { name: "update", program: rearranged },
    {
      name: "drift",
      program: rearranged,
      edits: [
        { op: "move", bucket: "media", path: "site/copy.txt", to: "elsewhere/moved.txt" },
        { op: "visibility", bucket: "media", path: "site/deep/b2.txt", visibility: "PUBLIC" },
        { op: "rename", bucket: "media", path: "brand/mark.txt", name: "renamed.txt" },
      ],
      drift: ["b", "copy", "mark"],
    },
    ...(isWhole ? [{ name: "drift without a refresh", program: rearranged, edits: UNSEEN, isUnrefreshed: true }] : []),
    { name: "delete", program: fewer },
    { name: "taken paths", program: fewer, taken: TAKEN },
    { name: "odd names", program: named },
  ];
}

/** Asks the service, as a user would, for the id of the file that is adopted by id. */
export async function askForId(access: ClientOptions): Promise<string> {
  const file = await new MediasaurClient(access).findFile({ bucket: "media", path: "in/b.txt" });
  return String(file?.id);
}
