import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { operations } from "../../../sandbox/genesys/operations.ts";

/** Every operation of the vendor's SDK, as `METHOD /path`, from the source that its package carries. */
const sdkOperations = (): Set<string> => {
  const folder = join(
    dirname(require.resolve("purecloud-platform-client-v2/package.json")),
    "src/purecloud-platform-client-v2/api",
  );
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const pattern = /'(\/api\/v2\/[^']*)',\s*'(GET|POST|PUT|PATCH|DELETE)'/g;
  return new Set(
    sources.flatMap((source) => [...source.matchAll(pattern)].map(([, path, verb]) => `${verb} ${path}`)),
  );
};

const known = sdkOperations();

test("the vendor's SDK has thousands of operations to compare with", () => {
  expect(known.size).toBeGreaterThan(3000);
});

test.each(Object.keys(operations()))("%s is an operation of the vendor's SDK", (operation) => {
  expect(known).toContain(operation);
});

test.each([
  "POST /api/v2/oauth/clients/{clientId}/secrets",
  "DELETE /api/v2/oauth/clients/{clientId}/secrets/{secretId}",
])("%s, which a guide names, is neither there nor here", (operation) => {
  expect(known).not.toContain(operation);
  expect(Object.keys(operations())).not.toContain(operation);
});
