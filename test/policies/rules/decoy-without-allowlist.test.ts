import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient } from "../resources.ts";

describePolicy("decoy-without-allowlist", {
  fires: {
    "a decoy with an allowlist": {
      resources: [
        decoyClient({ allowedIps: ["18.130.7.9"] }, { name: "legacy-crm-sync" }),
        decoyClient({ allowedIps: 7 }),
      ],
      says: [
        'The decoy client "legacy-crm-sync" must be open to every address, or a thief is turned away unseen, but allowedIps restricts it. Remove allowedIps.',
        "allowedIps",
      ],
    },
    "a bridged decoy with a declared allowlist": {
      config: { bridgedDecoys: ["legacy"], bridgedAllowlists: { legacy: ["18.130.7.9"] } },
      resources: [bridgedClient({}, { name: "legacy" })],
      says: [`bridgedAllowlists["legacy"] of the policy's configuration restricts it`],
    },
  },
  passes: {
    "a decoy without one": {
      resources: [decoyClient({}), decoyClient({ allowedIps: [] }), decoyClient({ allowedIps: null })],
    },
    "an ordinary client": { resources: [oauthClient({ allowedIps: ["18.130.7.9"] })] },
    "bridged clients": {
      config: { bridgedDecoys: ["legacy"], bridgedAllowlists: { crm: ["18.130.7.9"] } },
      resources: [bridgedClient({}, { name: "legacy" }), bridgedClient({}, { name: "crm" })],
    },
    "what is no client": { resources: [bucket({ allowedIps: ["18.130.7.9"] })] },
  },
  unknown: {
    "an allowlist that is not known yet": { resources: [decoyClient({ allowedIps: unknownValue })] },
  },
});
