import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient } from "../resources.ts";

const accessTokenValiditySeconds = (seconds: unknown) => ({ accessTokenValiditySeconds: seconds });

describePolicy("decoy-token-lifetime", {
  fires: {
    "a decoy with a token of a day": {
      resources: [decoyClient(accessTokenValiditySeconds(86_400), { name: "legacy-crm-sync" })],
      says: [
        'The decoy client "legacy-crm-sync" must issue access tokens that live 3600 seconds at most, but its accessTokenValiditySeconds is 86400. Set it to 300.',
      ],
    },
    "one second too many": { resources: [decoyClient(accessTokenValiditySeconds(3601))], says: ["is 3601"] },
    "a lifetime that is no number": {
      resources: [
        decoyClient(accessTokenValiditySeconds("300")),
        decoyClient(accessTokenValiditySeconds({})),
      ],
      says: ["is no number", "is no number"],
    },
    "a shorter limit": {
      config: { maximumSeconds: 300 },
      resources: [decoyClient(accessTokenValiditySeconds(301)), decoyClient(accessTokenValiditySeconds(300))],
      says: ["live 300 seconds at most"],
    },
    "a bridged decoy, whose default is a day": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [bridgedClient({ name: "Legacy CRM Sync" }, { name: "legacy" })],
      says: ["is 86400"],
    },
  },
  passes: {
    "the longest lifetime": { resources: [decoyClient(accessTokenValiditySeconds(3600))] },
    "the default": { resources: [decoyClient({}), decoyClient(accessTokenValiditySeconds(null))] },
    "an ordinary client": {
      resources: [
        oauthClient(accessTokenValiditySeconds(86_400)),
        bridgedClient(accessTokenValiditySeconds(86_400)),
      ],
    },
    "a bridged decoy with a short lifetime": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [bridgedClient(accessTokenValiditySeconds(300), { name: "legacy" })],
    },
    "what is no client": { resources: [bucket(accessTokenValiditySeconds(86_400))] },
  },
  unknown: {
    "a lifetime that is not known yet": {
      resources: [decoyClient(accessTokenValiditySeconds(unknownValue))],
    },
    "that of a bridged decoy": {
      config: { bridgedDecoys: ["example"] },
      resources: [bridgedClient(accessTokenValiditySeconds(unknownValue))],
    },
  },
});
