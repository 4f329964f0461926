import { functionCatalog } from "../../functions/catalog.ts";
import { bundleFunctions } from "../../infra/bundles.ts";

const bundles = [...bundleFunctions(functionCatalog)];

test.each(bundles)("%s imports nothing: what it needs of Node costs its start nothing", (_, text) => {
  expect(text.match(/\bfrom\s*"[^"]+"|\bimport\s*"[^"]+"|\brequire\(/g)).toBeNull();
  expect(text).toContain('process.getBuiltinModule("node:crypto")');
});

test.each(bundles)("%s is at most 60 KB", (_, text) => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60 * 1024);
});

test("every function is bundled", () => {
  expect(bundles.map(([name]) => name)).toEqual(functionCatalog.map(({ name }) => name));
});
