/** Tests live in test/, which mirrors the tree. Every suite must pass with any worker count. */
export default {
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  transform: {
    "\\.[mc]?[jt]s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2023" },
        module: { type: "commonjs", ignoreDynamic: false },
        sourceMaps: "inline",
      },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!(p-limit|yocto-queue|@octokit)/)"],
  moduleNameMapper: { "^@npmcli/arborist$": "<rootDir>/test/no-arborist.cjs" },
  // The istanbul provider would change the text of serialised providers.
  coverageProvider: "v8",
  // `npm test` searches what the tests leave behind.
  setupFiles:
    process.env.SANDBOX_ISSUED_SECRETS === undefined ? [] : ["<rootDir>/test/keep-temporary-files.ts"],
  collectCoverageFrom: ["{core,providers,policies,apis}/**/*.ts"],
  coverageReporters: ["text-summary", "json-summary"],
  coverageThreshold: {
    "./core/": { branches: 100 },
    "./providers/": { branches: 95 },
    "./policies/": { branches: 95 },
    "./apis/": { branches: 95 },
  },
  maxWorkers: "100%",
  testTimeout: 60000,
};
