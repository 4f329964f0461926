import { readFileSync } from "node:fs";
import { parse } from "yaml";
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

test("the sandbox stack is the production stack without protection", () => {
  expect(load("sandbox")).toEqual({ ...load("prod"), protect: false });
});

test("every key of a stack is declared in Pulumi.yaml", () => {
  const declared = Object.keys(parse(readFileSync("Pulumi.yaml", "utf8")).config);
  for (const key of Object.keys(load("prod"))) expect(declared).toContain(key);
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
