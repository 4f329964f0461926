import type { GenesysApi, OAuthClient } from "../../../../apis/genesys/api.ts";
import {
  bodyWithState,
  describeClient,
  requestBody,
} from "../../../../providers/genesys/client/client-body.ts";
import type { ClientInputs } from "../../../../providers/genesys/client/client-inputs.ts";
import { resetSecret } from "../../../../providers/genesys/client/client-secret.ts";

const inputs: ClientInputs = {
  owner: "guard:acme/credentials/prod/crm~0a1b2c3d",
  token: "1",
  name: "CRM Integration",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 300,
  state: "active",
  allowlistEnforcement: "declared",
  secretSink: { kind: "state" },
  secretGeneration: 0,
};
/** The least that the platform's model lets it answer. */
const bare: OAuthClient = { name: "CRM Integration", authorizedGrantType: "CLIENT-CREDENTIALS" };

test("a request holds nine of the platform's ten fields, and none of its absent ones", () => {
  expect(requestBody({ ...inputs, dateToDelete: "2027-01-01T00:00:00Z" }, [])).toEqual({
    name: "CRM Integration",
    description: "guard:acme/credentials/prod/crm~0a1b2c3d#1",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 300,
    registeredRedirectUri: [],
    scope: [],
    roleDivisions: [],
    state: "active",
    dateToDelete: "2027-01-01T00:00:00Z",
  });
});

test("a request for a client's own allowlist sends it even when it is empty", () => {
  expect(requestBody({ ...inputs, allowlistEnforcement: "client" }, [])).toHaveProperty("ipAllowlist", []);
});

test("a change of state takes the rest over from the platform's answer", () => {
  expect(bodyWithState({ ...bare, description: "Reads", scope: ["users"] }, "inactive")).toEqual({
    ...bare,
    description: "Reads",
    registeredRedirectUri: [],
    scope: ["users"],
    roleDivisions: [],
    state: "inactive",
  });
});

test("what the platform leaves out of an answer is as declared, empty or active", () => {
  expect(describeClient(bare, inputs, undefined)).toEqual({
    owner: inputs.owner,
    token: "1",
    allowlistEnforcement: "declared",
    secretSink: { kind: "state" },
    name: "CRM Integration",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 300,
    state: "active",
    clientId: "",
    roleDivisions: [],
  });
});

test("a reset without a secret in its answer is an error", async () => {
  const api = { oauthClients: { resetSecret: async () => bare } } as unknown as GenesysApi;
  await expect(resetSecret(api, "x")).rejects.toThrow(/issued no secret/);
});
