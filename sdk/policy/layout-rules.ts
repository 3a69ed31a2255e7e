import { readGlob } from "../../provider/model/glob";
import type { Visibility } from "../visibility";
import { visibilityOf } from "./file-facts";
import { knownObject, knownText, UNKNOWN } from "./known";

/**
 * What the rules of a FileLayout say of a path: the first that matches wins. `undefined` where none does, or where one that
 * is not known yet comes before.
 */
export function ruledBy(rules: unknown): (path: string) => Visibility | undefined {
  if (rules === UNKNOWN || !Array.isArray(rules)) return () => undefined;
  const read = Array.from({ length: rules.length }, (_, index) => {
    const rule = knownObject(rules, String(index));
    const match = rule && knownText(rule, "match");
    const visibility = rule && visibilityOf(knownText(rule, "visibility"));
    return match === undefined ? undefined : { matches: readGlob(match).matches, visibility };
  });
  return (path) => {
    for (const rule of read) {
      if (rule === undefined) return undefined;
      if (rule.matches(path)) return rule.visibility;
    }
    return undefined;
  };
}
