/**
 * In bundles this stands for `node:fs`, as the other files of this folder stand for theirs: an ES module that imports a
 * builtin has Node make a namespace of all its exports, which runs every getter among them and loads whatever they
 * lead to. `import { readFileSync } from "node:fs"` so takes longer than all of our own code.
 */
export const { readFileSync } = process.getBuiltinModule("node:fs");
