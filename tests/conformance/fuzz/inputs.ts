import { pick } from "./mutations";

const TRICKS = [
  "..",
  ".",
  "../../buckets/x",
  "\u0000",
  "\n",
  "\r\nx-evil: 1",
  "%2F",
  "%2e%2e%2f",
  "%",
  "%zz",
  "+",
  " ",
  "a b",
  "\u00e9",
  "e\u0301",
  "\ud83d\ude00",
  "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
  "\ud800",
  "\udc00x",
  "\u202egnp.exe",
  "\ufeff",
  "\u2028",
  '"',
  "'",
  "`",
  "\\",
  "?",
  "?limit=1",
  "#",
  "&bucket=other",
  ";",
  ":",
  "@",
  "*",
  "<script>",
  "${x}",
  "$(x)",
  "sk_inputs_0123456789",
  "__proto__",
  "constructor",
  "CON",
  ".mediasaur-tmp",
  "x".repeat(255),
  "x".repeat(4096),
  "\u00fc".repeat(130),
  "a".repeat(300),
];

type Random = () => number;

/** A text that might be a path, a name or an id, and is made to break what handles it. */
export function trickyText(random: Random): string {
  const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    random() < 0.45 ? pick(random, ["a", "site", "hero.jpg", "1", ""]) : pick(random, TRICKS),
  );
  return parts.join(pick(random, ["/", "/", "", "//", "."]));
}

/** A value of a shape that an input should not have. */
function wrongShape(random: Random): unknown {
  const text = trickyText(random);
  return pick(random, [
    null,
    undefined,
    true,
    0,
    -1,
    1e308,
    Number.NaN,
    "",
    text,
    [],
    [text],
    {},
    { [text]: text },
    { path: text },
    { id: text },
    { toString: 1 },
    Object.create(null) as unknown,
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  ]);
}

/** What a program could say of a ManagedFile, right or wrong. */
export function trickyInputs(random: Random): Record<string, unknown> {
  const inputs: Record<string, unknown> = {
    bucket: random() < 0.7 ? "media" : odd(random),
    path: random() < 0.85 ? trickyText(random) : wrongShape(random),
  };
  if (random() < 0.5) inputs.visibility = pick(random, ["PUBLIC", "PRIVATE", "public", "Private ", wrongShape(random)]);
  if (random() < 0.6) inputs.source = source(random);
  if (random() < 0.3) inputs.deletionPolicy = pick(random, ["RETAIN", "DELETE", "KEEP", wrongShape(random)]);
  if (random() < 0.8) inputs.__declaration = trickyText(random);
  return inputs;
}

function odd(random: Random): unknown {
  return random() < 0.7 ? trickyText(random) : wrongShape(random);
}

function source(random: Random): unknown {
  if (random() < 0.2) return wrongShape(random);
  const reference = (): unknown =>
    random() < 0.2
      ? wrongShape(random)
      : {
          ...(random() < 0.6 ? { path: odd(random) } : { id: odd(random) }),
          ...(random() < 0.3 ? { bucket: odd(random) } : {}),
          ...(random() < 0.1 ? { [trickyText(random)]: 1 } : {}),
        };
  const asset = (): unknown => ({
    "4dabf18193072939515e22adb298388d": pick(random, ["c44067f5952c0a294b673a41bacd8c17", "x", 1]),
    hash: odd(random),
    [pick(random, ["text", "path", "uri"])]: odd(random),
  });
  return pick(random, [
    () => ({ adopt: reference() }),
    () => ({ copy: reference() }),
    () => ({ upload: random() < 0.7 ? asset() : wrongShape(random) }),
    () => ({ adopt: reference(), copy: reference() }),
    () => ({ [trickyText(random)]: reference() }),
  ])();
}
