/** See `fs.ts`. */
export const { inspect } = process.getBuiltinModule("node:util");
