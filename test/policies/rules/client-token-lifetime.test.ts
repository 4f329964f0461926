import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient, rotatedClient } from "../resources.ts";

const accessTokenValiditySeconds = (seconds: unknown) => ({ accessTokenValiditySeconds: seconds });

describePolicy("client-token-lifetime", {
  fires: {
    "a token of two days": {
      resources: [oauthClient(accessTokenValiditySeconds(172_800), { name: "crm-sync" })],
      says: [
        'The OAuth client "crm-sync" must issue access tokens that live 86400 seconds at most, but its accessTokenValiditySeconds is 172800. Set it to 86400 or less.',
      ],
    },
    "one second too many, on every type": {
      resources: [
        oauthClient(accessTokenValiditySeconds(86_401)),
        rotatedClient(accessTokenValiditySeconds(86_401)),
        bridgedClient(accessTokenValiditySeconds(86_401)),
      ],
      says: ["is 86401", "is 86401", "is 86401"],
    },
    "a lifetime that is no number": {
      resources: [oauthClient(accessTokenValiditySeconds("1h"))],
      says: ["no number"],
    },
    "the default where the limit is lower": {
      config: { maximumSeconds: 3600 },
      resources: [oauthClient({}), bridgedClient({})],
      says: [
        "live 3600 seconds at most, but its accessTokenValiditySeconds is 86400. Set it to 3600 or less",
        "is 86400",
      ],
    },
  },
  passes: {
    "a day": {
      resources: [oauthClient(accessTokenValiditySeconds(86_400)), oauthClient({}), bridgedClient({})],
    },
    "a decoy, which has a policy of its own": {
      config: { bridgedDecoys: ["example"] },
      resources: [
        decoyClient(accessTokenValiditySeconds(172_800)),
        bridgedClient(accessTokenValiditySeconds(172_800)),
      ],
    },
    "two days where that is allowed": {
      config: { maximumSeconds: 172_800 },
      resources: [oauthClient(accessTokenValiditySeconds(172_800))],
    },
    "what is no client": { resources: [bucket(accessTokenValiditySeconds(172_800))] },
  },
  unknown: {
    "a lifetime that is not known yet": {
      resources: [oauthClient(accessTokenValiditySeconds(unknownValue))],
    },
    "that of a bridged client": { resources: [bridgedClient(accessTokenValiditySeconds(unknownValue))] },
  },
});
