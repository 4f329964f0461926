import { randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { DataActionCredential } from "../../../../providers/genesys/data-action/data-action-credential.ts";

const registered: { name: string; type: string; inputs: Record<string, unknown> }[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, type, inputs }) => {
        registered.push({ name, type, inputs });
        return { id: "c1", state: { ...inputs, credentialId: "c1" } };
      },
      call: () => ({}),
    },
    "credentials",
    "prod",
    false,
    "acme",
  );
});

test("a data action credential treats what it authenticates with as a secret, and says whose it is", async () => {
  const clientSecret = randomBytes(24).toString("base64url");
  const credential = new DataActionCredential("lookup", {
    name: "Customer lookup",
    authentication: { kind: "genesysOauthClient", clientId: "client-1", clientSecret },
  });
  const urn = await new Promise((resolve) => credential.urn.apply(resolve));
  expect(urn).toContain("genesys:DataActionCredential::lookup");
  const inputs = registered[0]?.inputs ?? {};
  expect(inputs.owner).toMatch(/^guard:acme\/credentials\/prod\/lookup~[0-9a-f]{8}$/);
  expect(String(inputs.__provider)).not.toContain(clientSecret);
  const authentication = Reflect.get(credential, "authentication") as pulumi.Output<unknown>;
  expect(await pulumi.isSecret(authentication)).toBe(true);
});
