import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { redact } from "../../../provider/client";
import type { Effect, Plan } from "../../../provider/model/effects";
import {
  effectiveDeletionPolicy,
  type DeletionPolicy,
  type Origin,
  type Visibility,
} from "../../../provider/model/managed-file";
import { reportOf, type Remark, type Report } from "./report";

type Raw = Record<string, unknown>;

/**
 * Reads what the provider handed over, and what the engine told of the run: a provider is never asked about a resource that has
 * left the program, nor is it told why the program itself failed.
 *
 * @param planFile - one JSON value a line, by the provider
 * @param eventLog - the engine's events, one JSON value a line
 */
export async function gather(planFile: string, eventLog: string, failed: boolean): Promise<Report> {
  const plans: Plan[] = [];
  const deletions: Plan[] = [];
  const remarks: Remark[] = [];
  await eachLine(
    planFile,
    () => true,
    (entry) => {
      if (entry["kind"] === "plan") plans.push(entry as unknown as Plan);
      else
        remarks.push({ kind: entry["kind"] as "warning" | "refusal", ...textOf(entry["name"], String(entry["text"])) });
    },
  );
  await eachLine(eventLog, isOfInterest, (event) => {
    const deletion = deletionIn(event);
    if (deletion !== undefined) deletions.push(deletion);
    const remark = remarkIn(event);
    if (remark !== undefined) remarks.push(remark);
  });
  return reportOf(plans, deletions, remarks, failed);
}

/** The log is mostly debug messages, which can be long. */
function isOfInterest(line: string): boolean {
  return !line.includes('"severity":"debug"') && /"(resourcePreEvent|diagnosticEvent|policyEvent)":/.test(line);
}

async function eachLine(file: string, wanted: (line: string) => boolean, take: (value: Raw) => void): Promise<void> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    if (line === "" || !wanted(line)) continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      continue; // The last line of a run that was cut off.
    }
    take(value as Raw);
  }
}

function remarkIn(event: Raw): Remark | undefined {
  const told = event["diagnosticEvent"] as
    { urn?: string; message?: string; severity?: string; ephemeral?: boolean } | undefined;
  if (told !== undefined) {
    const { urn, message = "", severity = "", ephemeral } = told;
    if (ephemeral === true || !/^(warning|error)$/.test(severity)) return undefined;
    // What a program throws is followed by its stack.
    const [first = ""] = plainText(message).trim().split("\n");
    if (first === "" || /^(preview failed|update failed)$/.test(first)) return undefined;
    const kind = severity === "warning" ? "warning" : "refusal";
    return { kind, ...textOf(nameIn(urn), first.replace(/^(error|warning): /, "")) };
  }
  const policy = event["policyEvent"] as
    { resourceUrn?: string; message?: string; policyName?: string; enforcementLevel?: string } | undefined;
  if (policy === undefined) return undefined;
  const { resourceUrn, message = "", policyName = "", enforcementLevel } = policy;
  const text = `policy ${policyName}: ${plainText(message).trim()}`;
  return { kind: enforcementLevel === "mandatory" ? "refusal" : "warning", ...textOf(nameIn(resourceUrn), text) };
}

function textOf(name: unknown, text: string): { name: string | undefined; text: string } {
  return { name: typeof name === "string" ? name : undefined, text: redact(text).replace(/\s+/g, " ").slice(0, 1000) };
}

/** A text without the engine's marks for colours. */
function plainText(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}

function nameIn(urn: string | undefined): string | undefined {
  const parts = (urn ?? "").split("::");
  return parts.length < 4 || parts[2] === "pulumi:pulumi:Stack" ? undefined : parts.slice(3).join("::");
}

function deletionIn(event: Raw): Plan | undefined {
  const { metadata } = (event["resourcePreEvent"] ?? {}) as { metadata?: Raw };
  // What is deleted as it is replaced, the provider has told.
  if (metadata?.["op"] !== "delete") return undefined;
  const kind = /mediasaur:(?:index:)?(ManagedFile|FileLayout)$/.exec(String(metadata["type"]))?.[1];
  if (kind === undefined) return undefined;
  const { outputs = {} } = (metadata["old"] ?? {}) as { outputs?: Raw };
  const files = kind === "ManagedFile" ? [outputs] : Object.values((outputs["files"] ?? {}) as Record<string, Raw>);
  const effects = files.filter((file) => typeof file === "object").map((file) => leaving(file, outputs));
  return {
    resource: kind as Plan["resource"],
    name: nameIn(String(metadata["urn"])) ?? "",
    bucket: String(outputs["bucket"]),
    effects,
    requests: { count: effects.filter(({ way }) => way === "deleted").length, exact: true },
  };
}

function leaving(file: Raw, { deletionPolicy }: Raw): Effect {
  const policy = effectiveDeletionPolicy({
    origin: file["origin"] as Origin,
    ...(typeof deletionPolicy === "string" ? { deletionPolicy: deletionPolicy as DeletionPolicy } : {}),
  });
  const { visibility } = file;
  return {
    way: policy === "DELETE" ? "deleted" : "released",
    from: String(file["path"]),
    ...(typeof visibility === "string" ? { before: visibility as Visibility } : {}),
  };
}
