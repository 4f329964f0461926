import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RotationDeclarations } from "../../../core/rotation/credential.ts";
import { deployedDeclarations, parseDeclarations } from "../../../functions/rotator/declarations.ts";
import { credential, settings } from "../../core/rotation/credentials.ts";

const declarations: RotationDeclarations = {
  stackPrefix: "guard:acme/guard/prod/",
  region: "us-east-1",
  masterId: "crm",
  settings,
  credentials: [credential],
};

test("what the stack declares is read as it is", () => {
  const full = { ...credential, id: "b", owner: `${credential.owner}b`, secretArn: "arn:b" };
  const client = { ...full.client, description: "For b.", allowlist: ["198.51.100.1/32"] };
  const both = { ...declarations, credentials: [credential, { ...full, client }] };
  expect(parseDeclarations(JSON.parse(JSON.stringify(both)))).toEqual(both);
});

test("it is read from beside the function's code", () => {
  const folder = mkdtempSync(join(tmpdir(), "declarations-"));
  writeFileSync(join(folder, "declarations.json"), JSON.stringify(declarations));
  expect(deployedDeclarations({ LAMBDA_TASK_ROOT: folder })).toEqual(declarations);
  rmSync(folder, { recursive: true });
});

test.each<[string, unknown, RegExp]>([
  ["nothing", undefined, /the whole/],
  ["fields missing", { ...declarations, region: "", settings: {} }, /region.*settings\.capabilities/],
  [
    "a strategy that nobody knows",
    { ...declarations, credentials: [{ ...credential, strategy: "x" }] },
    /credentials\.0\.strategy/,
  ],
  [
    "a client without roles",
    {
      ...declarations,
      credentials: [{ ...credential, client: { ...credential.client, roleDivisions: [] } }],
    },
    /roleDivisions/,
  ],
  ["a master that is not declared", { ...declarations, masterId: "x" }, /masterId x/],
  ["a credential twice", { ...declarations, credentials: [credential, credential] }, /crm is declared twice/],
  ["another stack's owner", { ...declarations, stackPrefix: "guard:acme/guard/staging/" }, /owner of crm/],
])("with %s it is refused, and says what is wrong", (_, value, message) => {
  expect(() => parseDeclarations(value)).toThrow(message);
});
