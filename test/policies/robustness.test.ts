import fc from "fast-check";
import { tokens } from "../../core/tokens.ts";
import { proof } from "../proof.ts";
import { analyze, analyzeStack, configure, type Resource, unknownValue } from "./analyzer.ts";

/** A policy that throws stops the deployment: none may, whatever a program registers. */
const types = [
  ...Object.values(tokens),
  "genesyscloud:index/oauthClient:OauthClient",
  "genesyscloud:index/authRole:AuthRole",
  "genesyscloud:index/integrationCredential:IntegrationCredential",
  "genesyscloud:index/organizationAuthenticationSettings:OrganizationAuthenticationSettings",
  "genesyscloud:index/userRoles:UserRoles",
  "aws:s3/bucketV2:BucketV2",
  "toString",
  "",
];

const fields =
  "name description accessTokenValiditySeconds roles role scope scopes allowedIps allowlistEnforcement entries permissions permissionPolicies domain entityName actionSets topics authentication kind credentialTypeName state owner email rotationIntervalHours strategy ipAddressAllowlist ipAddressAllowlists password __proto__ constructor length".split(
    " ",
  );

const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(unknownValue, "0.0.0.0/0", "guard:a/b/c/%zz~00000000", "Admin", "*", "decoy"),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 3, arbitrary: leaf },
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...fields), tie("value"), { maxKeys: 5 }),
  ),
}));

const resource: fc.Arbitrary<Resource> = fc.record({
  type: fc.constantFrom(...types),
  name: fc.constantFrom("legacy", "crm", "backup", "reader"),
  stack: fc.constantFrom("dev", "prod", ""),
  protect: fc.boolean(),
  inputs: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 8 }),
  dependsOn: fc.dictionary(
    fc.constantFrom("roles", "userId"),
    fc.array(fc.constantFrom("legacy", "crm", "backup", "gone"), { maxLength: 3 }),
    { maxKeys: 2 },
  ),
});

const config = {
  "decoy-token-lifetime": { bridgedDecoys: ["legacy"] },
  "decoy-privilege": { bridgedDecoys: ["legacy"] },
  "decoy-role-permissions": { bridgedDecoys: ["legacy"] },
  "client-allowlist": { bridgedDecoys: ["legacy"], bridgedAllowlists: { crm: ["0.0.0.0/0"] } },
};

proof("no policy throws on a resource of any shape", { quick: 300, full: 20_000 }, async (numRuns, seed) => {
  await configure(config);
  await fc.assert(
    fc.asyncProperty(resource, async (each) => {
      for (const { message } of await analyze(each)) expect(message).not.toContain("undefined");
    }),
    { numRuns, seed },
  );
});

proof("no policy throws on a stack of any shape", { quick: 100, full: 5_000 }, async (numRuns, seed) => {
  await configure(config);
  await fc.assert(
    fc.asyncProperty(fc.array(resource, { maxLength: 6 }), async (resources) => {
      await analyzeStack(resources);
    }),
    { numRuns, seed },
  );
});
