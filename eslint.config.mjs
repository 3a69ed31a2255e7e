import tseslint from "typescript-eslint";

const TYPESCRIPT = ["**/*.ts", "**/*.tsx"];
const PRODUCT = ["provider/**/*.ts", "sdk/**/*.ts", "emulator/src/**/*.ts", "emulator/page/**/*.{ts,tsx}"];
const TESTS = ["tests/**/*.ts"];

// For plain JavaScript: what is a mistake in any program. TypeScript's compiler and its rules say more where they apply.
const mistakes = {
  "constructor-super": "error",
  eqeqeq: "error",
  "no-cond-assign": "error",
  "no-const-assign": "error",
  "no-constant-condition": "error",
  "no-debugger": "error",
  "no-dupe-args": "error",
  "no-dupe-else-if": "error",
  "no-dupe-keys": "error",
  "no-duplicate-case": "error",
  "no-fallthrough": "error",
  "no-import-assign": "error",
  "no-redeclare": "error",
  "no-self-assign": "error",
  "no-shadow-restricted-names": "error",
  "no-undef": "error",
  "no-unreachable": "error",
  "no-unsafe-finally": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "prefer-const": "error",
  "use-isnan": "error",
  "valid-typeof": "error",
};

const nodeGlobals = Object.fromEntries(
  [
    ...[
      "AbortController",
      "AbortSignal",
      "Buffer",
      "URL",
      "URLSearchParams",
      "clearInterval",
      "clearTimeout",
      "console",
    ],
    ...[
      "fetch",
      "performance",
      "process",
      "queueMicrotask",
      "setImmediate",
      "setInterval",
      "setTimeout",
      "structuredClone",
    ],
    ...["FormData", "Blob", "TextDecoder", "TextEncoder"],
  ].map((name) => [name, "readonly"]),
);
const commonJsGlobals = { require: "readonly", module: "writable", exports: "writable", __dirname: "readonly" };

export default tseslint.config(
  {
    ignores: [
      "plugin/main.js",
      "**/dist/",
      "**/node_modules/",
      "**/coverage/",
      ".cache/",
      ".demo/",
      "provider/contract/api.d.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },

  { files: ["**/*.mjs"], languageOptions: { sourceType: "module", globals: nodeGlobals }, rules: mistakes },
  {
    files: ["**/*.cjs", "**/*.js"],
    languageOptions: { sourceType: "commonjs", globals: { ...nodeGlobals, ...commonJsGlobals } },
    rules: mistakes,
  },

  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: PRODUCT,
    rules: { "max-lines": ["warn", { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name: one name for a thing everywhere." },
      ],
    },
  },
  {
    // Handlers of a page are arrows, and nobody looks at what they give.
    files: ["emulator/page/**/*.tsx"],
    rules: { "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }] },
  },
  {
    // The command line speaks by the console.
    files: ["sdk/cli/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    // Tests reach into answers whose shape they are there to establish, and hold functions that jest calls.
    files: TESTS,
    rules: {
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
