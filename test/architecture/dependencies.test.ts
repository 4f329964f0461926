import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

/** Dependencies point one way: what each folder may import of ours. */
const allowed: Record<string, readonly string[]> = {
  core: [],
  apis: ["core"],
  client: ["core"],
  engine: [],
  functions: ["core", "apis"],
  infra: ["providers", "functions", "core"],
  policies: ["core"],
  providers: ["core", "apis"],
  sandbox: ["core", "apis", "client", "functions", "providers", "policies", "infra", "engine"],
};

/** What decisions may use of the outside: nothing that acts. */
const coreImports = ["ipaddr.js", "node:crypto", "node:net"];

const root = process.cwd();

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[mc]?[jt]s$/.test(file) && !file.split(sep).includes("node_modules"))
    .map((file) => join(folder, file));

/** Every module that a file names: imports, exports, `import()`, `require()`, import types. */
const specifiers = (file: string): string[] => {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName }) => fileName);
};

const place = (file: string, specifier: string): { folder: string } | { module: string } => {
  const workspace = /^@genesys-credential-guard\/(\w+)/.exec(specifier)?.[1];
  if (workspace !== undefined) return { folder: workspace };
  if (!specifier.startsWith(".")) return { module: specifier };
  const [folder = ""] = relative(root, join(dirname(file), specifier)).split(sep);
  return { folder };
};

describe.each(Object.entries(allowed))("%s/", (folder, others) => {
  const imports = sources(folder).flatMap((file) =>
    specifiers(file).map((specifier) => ({ file, specifier, ...place(file, specifier) })),
  );

  test("imports only what it may", () => {
    const wrong = imports.filter(
      (each) => "folder" in each && each.folder !== folder && !others.includes(each.folder),
    );
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });
});

test("core decides and does nothing else", () => {
  const modules = sources("core").flatMap((file) =>
    specifiers(file).flatMap((specifier) => {
      const target = place(file, specifier);
      return "module" in target ? [target.module] : [];
    }),
  );
  expect(modules.filter((module) => !coreImports.includes(module))).toEqual([]);
  for (const file of sources("core")) {
    expect(readFileSync(file, "utf8")).not.toMatch(
      /\b(Date\.now|new Date\(\)|Math\.random|randomUUID|randomBytes|process\.env|fetch)\b/,
    );
  }
});

test("every folder with code has its rule, and every rule its folder", () => {
  const unruled = ["scripts", "test", "bench", "docs", "node_modules", "coverage", "reports"];
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !unruled.includes(entry.name))
    .filter((entry) => sources(entry.name).length > 0)
    .map((entry) => entry.name);
  for (const folder of folders) expect(Object.keys(allowed)).toContain(folder);
});

test("the imports are really found", () => {
  expect(specifiers("infra/config.ts")).toContain("./config/schema.ts");
  expect(sources("providers").flatMap(specifiers)).toContain("@pulumi/pulumi");
});
