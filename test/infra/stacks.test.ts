import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isRotated, rotationOf } from "../../infra/config/rotated-clients.ts";
import { parseConfig } from "../../infra/config.ts";

const load = (stack: string): Record<string, unknown> => {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace("genesys-credential-guard:", ""), value]),
  );
};

test("the production stack is 12 clients of five teams, 3 decoys, 2 trap users and 1 trap queue, and adds no secret pattern", () => {
  const config = parseConfig(load("prod"));
  expect(config.clients).toHaveLength(12);
  expect(new Set(config.clients.map(({ team }) => team)).size).toBe(5);
  expect(config.decoys).toHaveLength(3);
  expect(config.trapUsers).toHaveLength(2);
  expect(config.trapQueues).toHaveLength(1);
  expect(config.events).toBeDefined();
  expect(config.secretScanning).toEqual({ organization: "acme", patterns: [] });
  expect(config.clients.every(({ allowedIps }) => allowedIps.length > 0)).toBe(true);
});

test("the production stack rotates its 11 client-credentials clients every 7 days, the CRM's under its name", () => {
  const config = parseConfig(load("prod"));
  const rotated = config.clients.filter(isRotated);
  expect(rotated).toHaveLength(11);
  expect(new Set(rotated.map((client) => rotationOf(client).intervalHours))).toEqual(new Set([168]));
  expect(config.aws?.functions.masterClient).toBe("aws-secrets-rotator");
  expect(config.clients.find(({ id }) => id === "crm-integration")?.secretName).toBe(
    "Genesys_CRM_Integration_Key",
  );
});

test("the production stack stops what is leaked, and gates the repositories that talk to the platform", () => {
  const { aws } = parseConfig(load("prod"));
  expect(aws?.leak).toMatchObject({ mode: "act", backfill: "hold", unmanagedClients: "hold" });
  expect(aws?.leak?.repositories).toHaveLength(3);
});

test("the sandbox stack is the production stack without protection", () => {
  expect(load("sandbox")).toEqual({ ...load("prod"), protect: false });
});

test("every key of a stack is declared in Pulumi.yaml", () => {
  const declared = Object.keys(parse(readFileSync("Pulumi.yaml", "utf8")).config);
  const own = Object.keys(load("prod")).filter((key) => !key.includes(":"));
  for (const key of own) expect(declared).toContain(key);
});
