import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSecret, signatureKey, signatures } from "../../../engine/model/property.ts";
import { openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { openWorkplace, type Workplace } from "../workplace.ts";

const canaries = {
  config: randomBytes(12).toString("hex"),
  input: randomBytes(12).toString("hex"),
  output: randomBytes(12).toString("hex"),
};
let place: Workplace;
const printed: string[] = [];
beforeAll(async () => {
  place = await openWorkplace("things");
  place.environment.CANARY = canaries.output;
  place.environment.PULUMI_CONFIG_PASSPHRASE = randomBytes(12).toString("hex");
  const crypter = await openPassphrase({ environment: place.environment });
  writeFileSync(
    join(place.directory, "Pulumi.dev.yaml"),
    `encryptionsalt: ${crypter.salt}\nconfig:\n  program:token:\n    secure: ${crypter.encrypt(canaries.config)}\n`,
  );
  for (const args of [
    ["preview"],
    ["preview", "--json"],
    ["up", "--yes"],
    ["preview", "--expect-no-changes"],
    ["refresh", "--yes", "--json"],
    ["outputs"],
  ]) {
    place.declare({ name: "a", value: canaries.input, secret: true }, { name: "b", valueFrom: "a" });
    const { code, text } = await place.guard(...args);
    printed.push(text);
    expect({ args, code }).toEqual({ args, code: 0 });
  }
});
afterAll(() => place.close());

const files = (): string[] =>
  readdirSync(join(place.directory, ".guard"), { recursive: true, encoding: "utf8" })
    .map((name) => join(place.directory, ".guard", name))
    .filter((path) => statSync(path).isFile());

const isEncrypted = expect.objectContaining({
  [signatureKey]: signatures.secret,
  ciphertext: expect.any(String),
});

describe("a secret", () => {
  test.each(Object.entries(canaries))(
    "from the %s is in no file of the state and in nothing printed",
    (_, canary) => {
      expect(files().length).toBeGreaterThan(0);
      for (const path of files())
        expect({ path, found: readFileSync(path, "utf8").includes(canary) }).toEqual({ path, found: false });
      for (const text of printed) expect(text).not.toContain(canary);
    },
  );

  test("of an input stays one in the output of the same name", () => {
    expect(place.resource("a")?.inputs?.value).toEqual(isEncrypted);
    expect(place.resource("a")?.outputs?.value).toEqual(isEncrypted);
    expect(place.resource("a")?.outputs?.serial).toBe("serial-1");
  });

  test("that the program names as one is one, and stays one on its way through the program", () => {
    expect(place.resource("a")?.outputs?.token).toEqual(isEncrypted);
    expect(place.resource("program-dev")?.outputs?.tokens).toMatchObject({ a: isEncrypted });
    expect(place.resource("a")).toMatchObject({ additionalSecretOutputs: ["token"] });
  });

  test("of the configuration is one in the provider's own entry", () => {
    expect(place.resource("default")?.inputs).toEqual({ "program:token": isEncrypted });
  });

  test("reaches the platform as it is", () => {
    expect([...place.world.things.values()].map(({ value }) => value)).toEqual([canaries.input, "serial-1"]);
    expect(isSecret(place.resource("b")?.inputs?.value)).toBe(false);
  });
});
