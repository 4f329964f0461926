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

test("the production stack is 12 clients of five teams, 3 decoys, 2 trap users, 1 trap queue and 2 secret patterns", () => {
  const config = parseConfig(load("prod"));
  expect(config.clients).toHaveLength(12);
  expect(new Set(config.clients.map(({ team }) => team)).size).toBe(5);
  expect(config.decoys).toHaveLength(3);
  expect(config.trapUsers).toHaveLength(2);
  expect(config.trapQueues).toHaveLength(1);
  expect(config.events).toBeDefined();
  expect(config.secretScanning?.patterns).toHaveLength(2);
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

test("the sandbox stack is the production stack without protection", () => {
  expect(load("sandbox")).toEqual({ ...load("prod"), protect: false });
});

test("every key of a stack is declared in Pulumi.yaml", () => {
  const declared = Object.keys(parse(readFileSync("Pulumi.yaml", "utf8")).config);
  const own = Object.keys(load("prod")).filter((key) => !key.includes(":"));
  for (const key of own) expect(declared).toContain(key);
});

describe("the pattern for Basic headers", () => {
  const { pattern = "" } =
    parseConfig(load("prod")).secretScanning?.patterns.find(({ id }) => id === "basic-header") ?? {};

  test("matches the base64 of any client id and secret", () => {
    for (let round = 0; round < 1000; round += 1) {
      const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
      const header = Buffer.from(`${crypto.randomUUID()}:${secret}`).toString("base64");
      expect(header).toMatch(new RegExp(`^${pattern}$`));
    }
  });

  test("matches no other base64 of that length", () => {
    for (let round = 0; round < 1000; round += 1) {
      const other = Buffer.from(crypto.getRandomValues(new Uint8Array(80))).toString("base64");
      expect(other).not.toMatch(new RegExp(`^${pattern}$`));
    }
  });
});
