import type { Dialect } from "../dialect/dialects";

/** A path or name of a request as the store spells it. */
export function spelled(given: string, dialect: Dialect): string {
  return cases[dialect["path.case"]](sanitisers[dialect["path.sanitise"]](given));
}

const asGiven = (text: string): string => text;

const cases: Readonly<Record<Dialect["path.case"], (text: string) => string>> = {
  sensitive: asGiven,
  insensitive_preserving: asGiven,
  lowercased: (text) => text.toLowerCase(),
};

const sanitisers: Readonly<Record<Dialect["path.sanitise"], (text: string) => string>> = {
  none: asGiven,
  spaces_to_underscore: (text) => text.replaceAll(" ", "_"),
  nfc: (text) => text.normalize("NFC"),
  percent_decoded: (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  },
};
