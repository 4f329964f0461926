/** See `fs.ts`. */
export const { join } = process.getBuiltinModule("node:path");
