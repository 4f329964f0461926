/**
 * Makes the package that teams install: `node client/build.ts`, then `npm pack ./client/dist` (or `npm publish`). The
 * workspace itself is private, because its sources are TypeScript, which Node does not read in node_modules.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";

const root = join(import.meta.dirname, "..");
const entry = join(root, "client", "index.ts");

/** Everything in one file. `minify` is for measuring: what is published can be read. */
export const bundle = async (minify: boolean): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minify,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
};

/** The declarations of the kit's own files, whose imports lose the ending that only sources have. */
const writeDeclarations = (folder: string): void => {
  const scratch = mkdtempSync(join(tmpdir(), "client-types-"));
  try {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
    const program = ts.createProgram([entry], {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: scratch,
    });
    const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, formatHost));
    const declarations = join(scratch, "client");
    for (const file of readdirSync(declarations, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".d.ts")) continue;
      const path = join(declarations, file);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
    }
    cpSync(declarations, folder, { recursive: true });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => root,
  getNewLine: () => "\n",
};

/** Writes the package into a folder, which is emptied first. */
export const buildPackage = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  writeDeclarations(folder);
  writeFileSync(join(folder, "index.js"), await bundle(false));
  cpSync(join(root, "client", "README.md"), join(folder, "README.md"));
  const { private: _, ...manifest } = JSON.parse(readFileSync(join(root, "client", "package.json"), "utf8"));
  const published = {
    ...manifest,
    exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
    files: ["**/*.d.ts", "index.js"],
    sideEffects: false,
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
};

if (import.meta.main) await buildPackage(join(root, "client", "dist"));
