import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bridgedSettings, decoyClient, ipAllowlist, oauthClient } from "../resources.ts";

const decoys = [
  decoyClient({}, { name: "legacy-crm-sync" }),
  decoyClient({}, { name: "partner-portal" }),
] as const;

describePolicy("decoy-visibility", {
  stack: true,
  level: "advisory",
  fires: {
    "an organisation's allowlist beside decoys": {
      resources: [...decoys, ipAllowlist({ entries: ["18.130.7.9"] }, { name: "organisation" })],
      says: [
        'The organisation\'s allowlist "organisation" turns strangers away before the decoys "legacy-crm-sync", "partner-portal" can see them. Remove the allowlist or the decoys, or disable this policy if you accept that.',
      ],
    },
    "the bridged provider's": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [
        bridgedClient({}, { name: "legacy" }),
        bridgedSettings({ ipAddressAllowlists: ["18.130.7.9"] }, { name: "settings" }),
      ],
      says: ['"settings" turns strangers away before the decoys "legacy" can'],
    },
  },
  passes: {
    "decoys alone": { resources: [...decoys, oauthClient({}, { name: "crm" })] },
    "an allowlist alone": {
      resources: [oauthClient({}, { name: "crm" }), ipAllowlist({ entries: ["18.130.7.9"] })],
    },
    "bridged settings without an allowlist": {
      resources: [
        ...decoys,
        bridgedSettings({ ipAddressAllowlists: [] }),
        ipAllowlist({}, { name: "empty" }),
      ],
    },
  },
  unknown: {
    "whether there is one": {
      resources: [
        ...decoys,
        bridgedSettings({ ipAddressAllowlists: unknownValue }),
        ipAllowlist({ entries: [unknownValue] }, { name: "organisation" }),
      ],
      says: ['"organisation" turns strangers away'],
    },
  },
});
