import { resolve } from "node:path";
import { buildSync } from "esbuild";
import type { FunctionDefinition } from "../functions/catalog.ts";

const root = resolve(import.meta.dirname, "..");

/** What functions load of Node, by ways that cost nothing at their start; the folder says how. */
const builtins = Object.fromEntries(
  ["crypto", "fs", "path", "timers/promises", "util"].map((name) => [
    `node:${name}`,
    resolve(root, "functions", "builtins", `${name.replace("/", "-")}.ts`),
  ]),
);

/**
 * The functions as single modules, by name: what Lambda loads as `index.mjs`. The same sources give the same text.
 *
 * @throws Error with the places of what cannot be bundled
 */
export const bundleFunctions = (
  definitions: readonly Pick<FunctionDefinition, "name" | "entry">[],
): ReadonlyMap<string, string> => {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: definitions.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir: "out",
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    minify: true,
    legalComments: "none",
    platform: "node",
    format: "esm",
    target: "node24",
    alias: builtins,
    logLevel: "silent",
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  return new Map(definitions.map(({ name }) => [name, texts.get(resolve(root, "out", `${name}.mjs`)) ?? ""]));
};
