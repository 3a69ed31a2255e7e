#!/usr/bin/env node
// Writes plugin/schema.json, what Pulumi makes the SDKs of other languages of, from the types and docstrings of sdk/: the two can't
// drift. `--check` only says whether it is as it would be written. A type that has no counterpart in a schema is an error.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { EXAMPLES } from "./lib/schema-examples.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const FILE = join(ROOT, "plugin", "schema.json");
const ANY = { $ref: "pulumi.json#/Any" };

/** The schema's own names for the types of sdk/: an input and an output of one name would be one type. */
const TYPE_NAMES = {
  LayoutFileArgs: "LayoutFileDeclaration",
  FileSource: "FileSource",
  CopyReference: "CopyReference",
};

export function schemaText(root = ROOT) {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: ["sdk/index.ts"], include: [] }, ts.sys, root);
  const program = ts.createProgram([join(root, "sdk", "index.ts")], { ...options, noEmit: true });
  return `${JSON.stringify(new Schema(program, root).whole(), null, 2)}\n`;
}

class Schema {
  #types = {};
  #checker;
  #exports;

  constructor(program, root) {
    this.#checker = program.getTypeChecker();
    const source = program.getSourceFile(join(root, "sdk", "index.ts"));
    const symbols = this.#checker.getExportsOfModule(this.#checker.getSymbolAtLocation(source));
    const real = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol);
    this.#exports = new Map(symbols.map((symbol) => [symbol.name, real(symbol)]));
    this.manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  }

  whole() {
    const { version, description, keywords, license } = this.manifest;
    const resources = Object.fromEntries(
      ["Bucket", "FileLayout", "ManagedFile"].map((name) => [`mediasaur:index:${name}`, this.#resource(name)]),
    );
    const functions = {
      "mediasaur:index:getBucket": this.#function("getBucket", "GetBucketArgs", "BucketResult"),
      "mediasaur:index:getBuckets": this.#function("getBuckets", undefined, "BucketResult", "buckets"),
      "mediasaur:index:getFile": this.#function("getFile", "GetFileArgs", "FileResult"),
      "mediasaur:index:getFiles": this.#function("getFiles", "GetFilesArgs", "FileResult", "files"),
    };
    return {
      name: "mediasaur",
      displayName: "Mediasaur",
      version,
      description,
      keywords: [...keywords.filter((word) => word !== "pulumi"), "category/cloud"],
      license,
      publisher: "pulumi-mediasaur",
      language: {
        nodejs: { packageName: "pulumi-mediasaur-native", respectSchemaVersion: true },
        python: { packageName: "pulumi_mediasaur", respectSchemaVersion: true, pyproject: { enabled: true } },
        go: {
          importBasePath: "pulumi-mediasaur/sdk/go/mediasaur",
          respectSchemaVersion: true,
          generateResourceContainerTypes: true,
        },
        csharp: { respectSchemaVersion: true },
        java: { basePackage: "com.mediasaur" },
      },
      config: { variables: CONFIG },
      provider: {
        description:
          "An account of Mediasaur. A program can have as many as it likes; without one, resources use the stack's config.",
        inputProperties: CONFIG,
      },
      resources,
      functions,
      types: Object.fromEntries(Object.entries(this.#types).sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  #resource(name) {
    const declaration = this.#exports.get(name);
    const outputs = this.#properties(this.#checker.getDeclaredTypeOfSymbol(declaration), (property) =>
      property.declarations?.[0]?.getSourceFile().fileName.includes("/sdk/"),
    );
    const inputs = this.#properties(this.#checker.getDeclaredTypeOfSymbol(this.#exports.get(`${name}Args`)));
    return {
      description: `${text(declaration, this.#checker)}\n\n${EXAMPLES[name]}`,
      properties: outputs.properties,
      required: outputs.required,
      inputProperties: inputs.properties,
      requiredInputs: inputs.required,
      // A stack goes over from the dynamic resources by another import alone. A dynamic Bucket is only read, and leaves nothing behind.
      ...(name === "Bucket" ? {} : { aliases: [{ type: `pulumi-nodejs:dynamic/mediasaur:${name}` }] }),
    };
  }

  #function(name, args, result, list) {
    const declaration = this.#exports.get(name);
    const type = (of) => this.#checker.getDeclaredTypeOfSymbol(this.#exports.get(of));
    const inputs = args === undefined ? undefined : this.#properties(type(args), undefined, { merged: true });
    const outputs =
      list === undefined
        ? this.#properties(type(result))
        : {
            properties: {
              [list]: {
                type: "array",
                items: this.#schemaOf(type(result), result),
                description: "What was found, sorted.",
              },
            },
            required: [list],
          };
    return {
      description: text(declaration, this.#checker),
      ...(inputs === undefined ? {} : { inputs: { type: "object", ...inputs } }),
      outputs: { type: "object", ...outputs },
    };
  }

  /** The properties of an object, or of a union of objects: then those of all of them, each of which may be missing. */
  #properties(type, filter = () => true) {
    const members = type.isUnion() ? type.types : [type];
    const properties = {};
    let required;
    for (const member of members) {
      const own = [];
      for (const property of this.#checker.getPropertiesOfType(member)) {
        if (!filter(property)) continue;
        const declared = property.valueDeclaration ?? property.declarations?.[0];
        if (!declared || ts.isMethodDeclaration(declared) || ts.isConstructorDeclaration(declared)) continue;
        if (ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Static | ts.ModifierFlags.Private)) continue;
        const found = this.#checker.getTypeOfSymbolAtLocation(property, declared);
        const inner = this.#plain(found);
        // What stands for "not beside the other" says nothing of itself.
        if (inner === undefined) continue;
        const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0 || this.#mayBeMissing(found);
        if (!isOptional) own.push(property.name);
        properties[property.name] ??= {
          ...this.#schemaOf(inner, `${member.symbol?.name}.${property.name}`),
          description: text(property, this.#checker),
        };
      }
      required = required === undefined ? own : required.filter((name) => own.includes(name));
    }
    return { properties, ...(required?.length > 0 ? { required } : {}) };
  }

  /** A type without the Input, Output, Promise and undefined around it; `undefined` where nothing is left. */
  #plain(type) {
    const args = (of) => of.aliasTypeArguments ?? this.#checker.getTypeArguments(of);
    if (type.aliasSymbol?.name === "Input") return this.#plain(args(type)[0]);
    if (["OutputInstance", "Promise"].includes(type.symbol?.name)) return this.#plain(args(type)[0]);
    if (type.aliasSymbol?.name === "Output") return this.#plain(args(type)[0]);
    if (!type.isUnion()) return type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null) ? undefined : type;
    if (type.aliasSymbol !== undefined) return type;
    const parts = type.types.filter((part) => !(part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
    // Input<T> written out: T | Promise<T> | OutputInstance<T>
    const wrapped = parts.find((part) => ["OutputInstance", "Promise"].includes(part.symbol?.name));
    if (wrapped !== undefined) return this.#plain(this.#checker.getTypeArguments(wrapped)[0]);
    if (parts.length === 0) return undefined;
    if (parts.length === 1) return this.#plain(parts[0]);
    if (parts.length === type.types.length) return type;
    return this.#checker.getNonNullableType(type);
  }

  /** Whether a type, inside of its Output, may be undefined. */
  #mayBeMissing(type) {
    const args =
      type.aliasTypeArguments ?? (type.flags & ts.TypeFlags.Object ? this.#checker.getTypeArguments(type) : []);
    if (["Output", "Input"].includes(type.aliasSymbol?.name) || type.symbol?.name === "OutputInstance")
      return this.#mayBeMissing(args[0]);
    const missing = ts.TypeFlags.Undefined | ts.TypeFlags.Unknown;
    return type.isUnion() ? type.types.some((part) => part.flags & missing) : (type.flags & missing) !== 0;
  }

  #schemaOf(type, where) {
    const { flags } = type;
    const name = (type.aliasSymbol ?? type.symbol)?.name;
    if (flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return ANY;
    if (flags & ts.TypeFlags.String) return { type: "string" };
    if (flags & ts.TypeFlags.Number) return { type: INTEGERS.has(where.split(".").at(-1)) ? "integer" : "number" };
    if (flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (type.isUnion() && type.types.every((part) => part.isStringLiteral())) return this.#enum(type, name);
    const isAsset = (part) => (part.aliasSymbol ?? part.symbol)?.name === "Asset";
    if (isAsset(type) || (type.isIntersection() && type.types.some(isAsset))) return { $ref: "pulumi.json#/Asset" };
    if (this.#checker.isArrayType(type)) {
      return { type: "array", items: this.#schemaOf(this.#plain(this.#checker.getTypeArguments(type)[0]), where) };
    }
    const values = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values !== undefined) {
      const inner = this.#plain(values);
      return { type: "object", additionalProperties: this.#schemaOf(inner, where) };
    }
    if (name === undefined || name === "__type")
      throw new Error(`${where} has a type without a name: give it one in sdk/`);
    return this.#object(type, TYPE_NAMES[name] ?? name);
  }

  #enum(type, found) {
    const values = type.types.map((part) => part.value);
    const known = found ?? ENUMS.find(([, of]) => of.join() === [...values].sort().join())?.[0];
    if (known === undefined) throw new Error(`no name for ${values.join(" | ")}`);
    const token = `mediasaur:index:${known}`;
    const described = this.#exports.get(known);
    this.#types[token] ??= {
      type: "string",
      description: described === undefined ? ENUM_WORDS[known] : text(described, this.#checker) || ENUM_WORDS[known],
      enum: values.map((value) => ({ name: value[0] + value.slice(1).toLowerCase(), value })),
    };
    return { $ref: `#/types/${token}` };
  }

  #object(type, name) {
    const token = `mediasaur:index:${name}`;
    if (this.#types[token] === undefined) {
      this.#types[token] = {}; // For types that hold themselves.
      const symbol = type.aliasSymbol ?? type.symbol;
      this.#types[token] = { type: "object", description: text(symbol, this.#checker), ...this.#properties(type) };
    }
    return { $ref: `#/types/${token}` };
  }
}

const INTEGERS = new Set(["size", "fileCount", "usedBytes", "maxDeletes"]);
const ENUMS = [
  ["Visibility", ["PRIVATE", "PUBLIC"]],
  ["DeletionPolicy", ["DELETE", "RETAIN"]],
  ["Origin", ["adopted", "copied", "uploaded"]],
  ["Unmanaged", ["DELETE", "FAIL", "IGNORE", "REPORT"]],
];
const ENUM_WORDS = {
  Visibility: "Who may see a file.",
  DeletionPolicy: "What happens to the file in the bucket when its declaration goes: it stays, or is deleted.",
  Origin: "How a file came under the program's care: it was there, or was copied, or was uploaded.",
  Unmanaged: "What becomes of files under a layout's prefix that no declaration has.",
};

const CONFIG = {
  apiKey: {
    type: "string",
    secret: true,
    description: "The API key, `sk_...`. Required, here or in the environment.",
    defaultInfo: { environment: ["MEDIASAUR_API_KEY"] },
  },
  baseUrl: {
    type: "string",
    description: "Where the API is. Default: `https://api.mediasaur.com`.",
    defaultInfo: { environment: ["MEDIASAUR_BASE_URL"] },
  },
  uploadUrl: {
    type: "string",
    description: "Where uploads go. Default: `https://upload.mediasaur.com`. To be set together with `baseUrl`.",
    defaultInfo: { environment: ["MEDIASAUR_UPLOAD_URL"] },
  },
};

/** A docstring without its examples, which are TypeScript, and with its default. */
function text(symbol, checker) {
  if (symbol === undefined) return "";
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol.getJsDocTags(checker);
  const say = (name, head) =>
    tags.filter((tag) => tag.name === name).map((tag) => `${head}${ts.displayPartsToString(tag.text).trim()}`);
  return [words, ...say("default", "Default: "), ...say("deprecated", "Deprecated: ")]
    .join("\n\n")
    .replace(/\{@link (?:\w+ )?([^}]+)\}/g, "`$1`")
    .replace(/[ \t]*\n(?!\n)(?=\S)/g, (gap, at, whole) => (whole[at - 1] === "\n" ? gap : "\n"))
    .trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = schemaText();
  if (!process.argv.includes("--check")) writeFileSync(FILE, made);
  else if (readFileSync(FILE, "utf8") !== made) {
    console.error("plugin/schema.json is not what sdk/ has: run `npm run schema`");
    process.exitCode = 1;
  }
}
