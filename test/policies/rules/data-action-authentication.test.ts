import { randomBytes } from "node:crypto";
import { analyze, unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedCredential, bucket, dataActionCredential } from "../resources.ts";

const by = (authentication: unknown) => dataActionCredential({ authentication }, { name: "order-lookup" });

describePolicy("data-action-authentication", {
  fires: {
    "a form that the type does not have": {
      resources: [by({ kind: "basicAuth", userName: "x" }), by({}), by(undefined), by([]), by({ kind: 7 })],
      says: [
        'The data action credential "order-lookup" must authenticate with an AWS role or OAuth, but its authentication.kind is "basicAuth". Use an AWS role, { kind: "awsRole", roleArn }, or OAuth client credentials.',
        ...Array<string>(4).fill("is not given"),
      ],
    },
    "the bridged provider's basic authentication": {
      resources: [
        bridgedCredential({ credentialTypeName: "basicAuth" }, { name: "orders" }),
        bridgedCredential({ credentialTypeName: "Basic Auth" }),
      ],
      says: [
        'The data action credential "orders" must not use basic authentication, but its credentialTypeName is "basicAuth". Set it to a type such as amazonWebServicesARN or userDefinedOAuth.',
        '"Basic Auth"',
      ],
    },
  },
  passes: {
    "an AWS role and OAuth": {
      resources: [
        by({ kind: "awsRole", roleArn: "arn:aws:iam::123456789012:role/x" }),
        by({ kind: "oauthClient" }),
        by({ kind: "genesysOauthClient" }),
      ],
    },
    "other types, whatever the slot is called": {
      resources: [
        bridgedCredential({
          name: "basicAuth",
          credentialTypeName: "userDefinedOAuth",
          fields: { basicAuth: "x" },
        }),
        bridgedCredential({ credentialTypeName: "amazonWebServicesARN" }),
        bridgedCredential({ credentialTypeName: 7 }),
        bridgedCredential({}),
      ],
    },
    "what is no credential": { resources: [bucket({ credentialTypeName: "basicAuth", authentication: {} })] },
  },
  unknown: {
    "a kind that is not known yet": { resources: [by({ kind: unknownValue })] },
    "the whole authentication": { resources: [by(unknownValue)] },
    "the type's name": { resources: [bridgedCredential({ credentialTypeName: unknownValue })] },
  },
});

test("a secret that is not known yet does not keep the kind from being judged", async () => {
  const verdicts = await analyze(by({ kind: "oauthClient", clientSecret: unknownValue }));
  expect(verdicts).toEqual([]);
});

test("the password is in no message", async () => {
  const password = randomBytes(12).toString("hex");
  const verdicts = await analyze(by({ kind: "basic", userName: "x", password }));
  expect(verdicts).toHaveLength(1);
  expect(JSON.stringify(verdicts)).not.toContain(password);
});
