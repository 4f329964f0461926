/*
 * In the place of npm's dependency resolver, which Pulumi's SDK loads for packing the code of functions: more files than
 * the rest of the SDK together, in every test file that loads it. Nothing here is packed that way.
 */
exports.Arborist = class {
  constructor() {
    throw new Error("npm's dependency resolver is not loaded in tests.");
  }
};
