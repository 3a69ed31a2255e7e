"use strict";

// The layers, and who may import whom (ARCHITECTURE.md has the reasons):
//   contract <- client <- reconcile <- resources <- adapter <- dynamic, plugin      model <- planner <- reconcile
//   dynamic/entry, which state names, loads dynamic by the package's name and only when called. Types are free to cross there.
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
      "model-sees-nothing",
      "The model is pure: values in, values out. It knows neither the client nor Pulumi.",
      "^provider/model/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(model|contract)/" },
    ),
    between(
      "planner-sees-model-only",
      "Plans are pure, too: where files are and are to be in, levels of requests out.",
      "^provider/planner/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(planner|model)/" },
    ),
    between(
      "model-and-planner-have-no-input-or-output",
      "Model and planner are pure: no files, no network, no processes.",
      "^provider/(model|planner)/",
      "^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|readline|timers)(/|$)",
    ),
    between(
      "only-adapters-know-pulumi",
      "Everything below the adapters runs without Pulumi.",
      "^provider/(client|model|planner|reconcile|resources)/",
      PULUMI,
    ),
    {
      name: "axios-in-transport-only",
      comment: "One place makes requests: provider/client/http/transport.ts.",
      severity: "error",
      from: { path: SOURCES, pathNot: "^provider/client/http/transport[.]ts$" },
      to: { path: `${NODE_MODULES}axios/` },
    },
    between(
      "reconcile-sees-client-model-planner",
      "Reconciling brings what is desired about with a plan and a client; it knows no resource.",
      "^provider/reconcile/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(reconcile|client|model|planner|contract)/" },
    ),
    between(
      "resources-know-no-caller",
      "Resources turn inputs into what is desired; they know neither who calls them nor what programs import.",
      "^provider/resources/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(resources|reconcile|client|model|planner|contract)/" },
    ),
    between(
      "adapter-sees-what-is-below",
      "What any caller of resources needs; it knows no protocol.",
      "^provider/adapter/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(adapter|resources|reconcile|model|client)/" },
    ),
    between(
      "dynamic-sees-what-is-below",
      "What Pulumi's dynamic providers call.",
      "^provider/dynamic/(?!entry/)",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(dynamic|adapter|resources|model|client)/" },
    ),
    between(
      "plugin-sees-what-is-below",
      "What Pulumi's resource-plugin protocol calls.",
      "^provider/plugin/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(plugin|adapter|resources|model|client)/" },
    ),
    between(
      "entry-loads-lazily",
      "State holds a reference to the entry, so it is small and loads the rest when the plugin calls; types are free.",
      "^provider/dynamic/entry/",
      "^(provider|sdk|emulator|examples|tests|tools)/",
      { pathNot: "^provider/dynamic/entry/", dependencyTypesNot: TYPES },
    ),
    between(
      "sdk-sees-entry-model-client-lookups",
      "What programs import sees the entry, the model, the client and the lookups; a program never loads what runs in the plugin.",
      "^sdk/",
      "^(provider|emulator|examples|tests|tools)/",
      { pathNot: "^provider/(dynamic/entry|model|client|resources/lookups)/" },
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
