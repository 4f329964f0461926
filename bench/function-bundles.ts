import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCapabilities } from "../core/capabilities.ts";
import { defaultRotationSettings, type RotationDeclarations } from "../core/rotation/credential.ts";
import { functionCatalog } from "../functions/catalog.ts";
import { bundleFunctions } from "../infra/bundles.ts";

/** One credential: what a function reads of the stack as it starts. */
const declarations: RotationDeclarations = {
  stackPrefix: "guard:acme/genesys-credential-guard/bench/",
  region: "us-east-1",
  masterId: "master",
  settings: { ...defaultRotationSettings, capabilities: defaultCapabilities },
  credentials: [
    {
      id: "master",
      owner: "guard:acme/genesys-credential-guard/bench/master~0123456789abcdef",
      secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/master-AbCdEf",
      strategy: "blueGreenClients",
      actor: "self",
      client: {
        name: "Master",
        accessTokenValiditySeconds: 300,
        roleDivisions: [{ roleId: "b9f1ad3e-0000-4000-8000-000000000001", divisionId: "*" }],
      },
      intervalSeconds: 604_800,
      secretCacheSeconds: 900,
    },
  ],
};

export interface FunctionBundle {
  name: string;
  bytes: number;
  /** The module, with what lies beside it in Lambda. */
  file: string;
}

/** The functions as they are deployed, one folder each below `folder`. */
export const writeBundles = (folder: string): FunctionBundle[] =>
  [...bundleFunctions(functionCatalog)].map(([name, text]) => {
    const home = join(folder, name);
    mkdirSync(home);
    const file = join(home, "index.mjs");
    writeFileSync(file, text);
    writeFileSync(join(home, "declarations.json"), JSON.stringify(declarations));
    return { name, bytes: Buffer.byteLength(text), file };
  });

/** A folder for the length of `work`. */
export const withScratch = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), "guard-bundles-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
