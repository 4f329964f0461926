import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { tokens } from "../../core/tokens.ts";
import { stackConfig } from "./run-program.ts";

interface Preview {
  steps: { op: string; urn: string }[];
  diagnostics: { message: string; severity: string }[];
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "preview-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What `guard preview` says of the production stack with the policy pack, as a person would run it. */
const preview = (config: Record<string, unknown>) => {
  const file = join(folder, "Pulumi.prod.yaml");
  writeFileSync(file, stringify({ config }));
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      "engine/guard.mjs",
      "preview",
      "-s",
      "prod",
      "--config-file",
      file,
      "--policy-pack",
      "policies",
      "--json",
    ],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, PULUMI_BACKEND_URL: `file://${folder}` },
      maxBuffer: 2 ** 26,
    },
  );
  return { status, ...(JSON.parse(stdout) as Preview) };
};

test("the production stack can be planned without an account anywhere, and breaks no policy", () => {
  const { status, steps, diagnostics } = preview(stackConfig("prod"));
  expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(status).toBe(0);
  expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
  expect(steps.filter(({ urn }) => urn.includes(tokens.rotatedClient))).toHaveLength(11);
  expect(steps.filter(({ urn }) => urn.includes("$aws:lambda/function:Function"))).toHaveLength(8);
});

test("a rotated client that may be used from anywhere is refused by the policy pack", () => {
  const config = stackConfig("prod");
  const key = "genesys-credential-guard:clients";
  const clients = config[key] as { id: string }[];
  const open = clients.map((client) =>
    client.id === "crm-integration" ? { ...client, allowedIps: [] } : client,
  );
  const { status, diagnostics } = preview({ ...config, [key]: open });
  expect(status).not.toBe(0);
  expect(diagnostics.map(({ message }) => message).join("\n")).toMatch(/crm-integration|CRM Integration/);
});
