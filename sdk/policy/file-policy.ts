import type {
  EnforcementLevel,
  ResourceValidationPolicy,
  StackValidationPolicy,
  ResourceValidationArgs,
} from "@pulumi/policy";
import { nameOf, type FileFacts } from "./file-facts";
import { FILE_LAYOUT, MANAGED_FILE, readFiles } from "./read-files";

/**
 * A policy for the `policies` of a CrossGuard `PolicyPack`. It judges what is declared before anything is done, and what can't
 * be told from that (a file without a declared visibility) by the file itself, as soon as that is known.
 */
export type FilePolicy = ResourceValidationPolicy & StackValidationPolicy;

/** What a policy is made of. */
export interface FilePolicyParts {
  /** Its name in the pack. */
  readonly name: string;
  /** One sentence for people. */
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel | undefined;
  /** What is wrong with a file, and what to do; `undefined`: nothing, or it can't be told yet. */
  readonly judge: (file: FileFacts) => string | undefined;
  /** What is wrong with a resource as a whole. */
  readonly judgeResource?: (type: string, props: object) => string | undefined;
  /** Puts a ManagedFile's inputs right. Whether it changed any. */
  readonly repairFile: (props: Record<string, unknown>, file: FileFacts) => boolean;
  /** Puts a FileLayout's inputs right. Whether it changed any. */
  readonly repairLayout: (props: Record<string, unknown>, files: readonly FileFacts[]) => boolean;
}

/** Builds a policy that judges the files of ManagedFiles and FileLayouts. */
export function filePolicy(parts: FilePolicyParts): FilePolicy {
  const { name, description, enforcementLevel, judge, judgeResource } = parts;
  // By resource: what was said of it before the update is not said again after it.
  const said = new Map<string, Set<string>>();
  return {
    name,
    description,
    ...(enforcementLevel === undefined ? {} : { enforcementLevel }),
    validateResource: ({ type, props, urn }, reportViolation) => {
      const messages = new Set<string>();
      said.set(urn, messages);
      const whole = judgeResource?.(type, props);
      if (whole !== undefined) reportViolation(whole);
      for (const file of readFiles(type, props, "inputs")) {
        const message = judge(file);
        if (message === undefined) continue;
        messages.add(nameOf(file));
        reportViolation(message);
      }
    },
    validateStack: ({ resources }, reportViolation) => {
      for (const { type, props, urn } of resources) {
        for (const file of readFiles(type, props, "outputs")) {
          const message = said.get(urn)?.has(nameOf(file)) === true ? undefined : judge(file);
          if (message !== undefined) reportViolation(message, urn);
        }
      }
    },
    remediateResource: (args) => repair(parts, args),
  };
}

function repair(parts: FilePolicyParts, { type, props }: ResourceValidationArgs): Record<string, unknown> | undefined {
  const files = readFiles(type, props, "inputs");
  const [file] = files;
  if (type === MANAGED_FILE) return file !== undefined && parts.repairFile(props, file) ? props : undefined;
  return type === FILE_LAYOUT && parts.repairLayout(props, files) ? props : undefined;
}
