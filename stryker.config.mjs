/**
 * See scripts/mutate.ts. Only a folder's own tests judge its mutants, and of those only the files that reach the
 * mutant: whoever else uses the folder would take hours, and tells less of what it promises.
 */
const folder = process.env.MUTATED_FOLDER ?? "core";

export default {
  testRunner: "jest",
  coverageAnalysis: "perTest",
  mutate: [`${folder}/**/*.ts`],
  ignorePatterns: [".guard", "coverage", "reports"],
  jest: {
    configFile: "jest.config.mjs",
    config: { roots: [`<rootDir>/${folder}`, `<rootDir>/test/${folder}`] },
    enableFindRelatedTests: true,
  },
  reporters: ["clear-text", "progress"],
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  // A busy machine is not to be taken for an endless loop, which would count as noticed.
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 30,
  tempDirName: ".stryker-tmp",
};
