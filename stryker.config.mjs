/** `npm run mutate`: which changes of core/ no test notices. */
export default {
  testRunner: "jest",
  coverageAnalysis: "perTest",
  mutate: ["core/**/*.ts"],
  ignorePatterns: [".guard", "coverage", "reports"],
  jest: { configFile: "jest.config.mjs", enableFindRelatedTests: true },
  reporters: ["clear-text", "progress"],
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  tempDirName: ".stryker-tmp",
};
