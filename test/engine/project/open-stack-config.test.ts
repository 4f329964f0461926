import { randomBytes } from "node:crypto";
import { openStackConfig } from "../../../engine/project/open-stack-config.ts";
import { loadProject } from "../../../engine/project/project.ts";
import { openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { mistakeOf, useWorkspace } from "./workspace.ts";

const workspace = useWorkspace();
const open = (stack: string, environment: Record<string, string> = {}) =>
  openStackConfig(
    loadProject(
      workspace.write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n", "Pulumi.dev.yaml": stack }),
    ),
    "dev",
    environment,
  );

describe("the configuration of a stack", () => {
  test("needs no passphrase if nothing in it is encrypted, whoever keeps its secrets", async () => {
    const { config } = await open("secretsprovider: awskms://alias/prod\nconfig: { demo:a: b }");
    expect([...config]).toEqual([["demo:a", "b"]]);
  });

  test("is decrypted with the passphrase of the environment", async () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE: randomBytes(9).toString("hex") };
    const crypter = await openPassphrase({ environment });
    const secret = randomBytes(9).toString("hex");
    const { config, secretKeys } = await open(
      `encryptionsalt: ${crypter.salt}\nconfig: { demo:a: { secure: "${crypter.encrypt(secret)}" } }`,
      environment,
    );
    expect(config.get("demo:a")).toBe(secret);
    expect(secretKeys).toEqual(["demo:a"]);
  });

  test("without its salt cannot be decrypted, which is said before a passphrase is asked for", async () => {
    const mistake = await mistakeOf(() => open("config: { demo:a: { secure: x } }"));
    expect(mistake).toMatchObject({ code: "missing-salt", message: expect.stringContaining("demo:a") });
  });

  test("encrypted by a key service is refused before a passphrase is asked for", async () => {
    const mistake = await mistakeOf(() =>
      open("secretsprovider: gcpkms://key\nconfig: { demo:a: { secure: x } }"),
    );
    expect(mistake.code).toBe("secrets-provider");
  });
});
