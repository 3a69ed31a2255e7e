"use strict";

// The layers, and who may import whom (ARCHITECTURE.md has the reasons):
//   contract <- client <- resources <- dynamic      contract <- plan <- resources
//   The entry, which state names, loads dynamic by the package's name and only when called. Types are free to cross there.
const between = (name, comment, from, to, more = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: to, ...more },
});

const PULUMI = "(^|/)node_modules/@pulumi/";
const NODE_MODULES = "(^|/)node_modules/";
const TYPES = ["type-only", "type-import", "pre-compilation-only"];
const SOURCES = "^(provider|sdk|emulator/src|examples)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other can't be understood, tested or loaded apart.",
      severity: "error",
      from: { path: SOURCES },
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: { path: SOURCES },
      // The package's own name leads to dist, which may not be built.
      to: { couldNotResolve: true, pathNot: "^(pulumi-mediasaur|mediasaur-emulator)(/|$)" },
    },
    between("contract-imports-nothing", "The contract is the bottom.", "^provider/contract/", ".+"),
    between(
      "client-sees-contract-only",
      "The client is HTTP and nothing else, usable without the provider.",
      "^provider/client/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(client|contract)/" },
    ),
    between(
      "plan-sees-contract-only",
      "Plans are pure: values in, values out. They know neither the client nor Pulumi.",
      "^provider/plan/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(plan|contract)/" },
    ),
    between(
      "plan-has-no-input-or-output",
      "Plans are pure: no files, no network, no processes.",
      "^provider/plan/",
      "^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|readline|timers)(/|$)",
    ),
    between(
      "client-and-plan-know-no-pulumi",
      "Client and plan run without Pulumi.",
      "^provider/(client|plan)/",
      PULUMI,
    ),
    {
      name: "axios-in-transport-only",
      comment: "One place makes requests: provider/client/transport.ts.",
      severity: "error",
      from: { path: SOURCES, pathNot: "^provider/client/transport[.]ts$" },
      to: { path: `${NODE_MODULES}axios/` },
    },
    between(
      "resources-see-client-plan-contract",
      "Resources run a plan with a client; they know neither who calls them nor what programs import.",
      "^provider/resources/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(resources|client|plan|contract)/" },
    ),
    between(
      "a-run-knows-no-resource",
      "What resources share in a run does not know them; what sends a change knows the run alone.",
      "^provider/resources/(run|writes)/",
      "^provider/resources/",
      { pathNot: "^provider/resources/(run|writes)/" },
    ),
    between(
      "a-run-sends-no-change",
      "The state of a run stands below what is done with it.",
      "^provider/resources/run/",
      "^provider/resources/writes/",
    ),
    between(
      "resources-know-no-pulumi",
      "Dynamic providers are only their first caller.",
      "^provider/resources/",
      PULUMI,
    ),
    between(
      "dynamic-sees-provider-only",
      "What Pulumi's dynamic providers call: resources, and the types and errors below.",
      "^provider/dynamic/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(dynamic|resources|plan|client)/" },
    ),
    between(
      "entry-loads-lazily",
      "State holds a reference to the entry, so it is small and loads the rest when the plugin calls; types are free.",
      "^provider/entry/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/entry/", dependencyTypesNot: TYPES },
    ),
    between(
      "sdk-sees-entry-plan-client",
      "What programs import sees the entry, plan and client; a program never loads what runs in the plugin.",
      "^sdk/",
      "^(provider|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(entry|plan|client)/" },
    ),
    {
      name: "policy-alone-sees-the-policy-sdk",
      comment: "@pulumi/policy is an optional peer: only the policies may need it, and only its types.",
      severity: "error",
      from: { path: SOURCES, pathNot: "^(sdk|examples/[^/]+)/policy/" },
      to: { path: `${NODE_MODULES}@pulumi/policy(/|$)` },
    },
    between(
      "sdk-policy-needs-types-only",
      "A policy is a plain object; whoever makes a pack of it loads the policy SDK.",
      "^sdk/policy/",
      PULUMI,
      { dependencyTypesNot: TYPES },
    ),
    between("sdk-loads-no-policies", "Programs do not load what policy packs do.", "^sdk/(?!policy/)", "^sdk/policy/"),
    between(
      "emulator-sees-contract-only",
      "The emulator answers by the contract, not by the client's reading of it.",
      "^emulator/src/",
      "^(provider|sdk|examples|tests|tools)/",
      { pathNot: "^provider/contract/" },
    ),
    between("emulator-knows-no-pulumi", "The emulator is of use without Pulumi.", "^emulator/src/", PULUMI),
    between(
      "examples-import-packages",
      "An example is what a user would write: packages by name.",
      "^examples/",
      "^(provider|sdk|emulator|tests|tools)/",
    ),
  ],
  options: {
    doNotFollow: { path: [NODE_MODULES, "(^|/)dist/"] },
    exclude: { path: "(^|/)(dist|[.]cache|[.]demo)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "types", "default"],
      mainFields: ["main", "types"],
    },
  },
};
