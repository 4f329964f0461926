import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient, trapQueue, trapUser } from "../resources.ts";

/** Whatever has an owner carries its resource name in the description on the platform. */
const owner = "guard:acme/credentials/prod/crm~01234567";

describePolicy("decoy-name", {
  fires: {
    "a decoy that says so": {
      resources: [decoyClient({ name: "CRM Honeypot" }, { name: "legacy-crm-sync" })],
      says: [
        'The decoy client "legacy-crm-sync" must not betray itself, but its name, "CRM Honeypot", says "honeypot". Use words of your own business, such as "Legacy CRM Sync".',
      ],
    },
    "every text that an intruder can read": {
      resources: [
        decoyClient({ name: "Legacy CRM Sync", description: "A decoy; do not use" }),
        decoyClient({ name: "Legacy CRM Sync", owner }, { name: "crm-trap" }),
        trapUser({
          name: "System Backup",
          email: "bait@acme.com",
          department: "Fake Accounts",
          title: "test",
        }),
        trapQueue({ name: "Canary" }),
      ],
      says: [
        'its description, "A decoy; do not use", says "decoy"',
        'its resource name, "crm-trap", says "trap"',
        'The trap "example" must not betray itself, but its email, "bait@acme.com", says "bait"',
        'its department, "Fake Accounts"',
        'its title, "test"',
        'its name, "Canary"',
      ],
    },
    "a bridged decoy": {
      config: { bridgedDecoys: ["legacy"] },
      resources: [bridgedClient({ name: "Honeytoken" }, { name: "legacy" })],
      says: ["honeytoken"],
    },
  },
  passes: {
    "credible names": {
      resources: [
        decoyClient(
          { name: "Legacy CRM Sync", description: "Service account", owner },
          { name: "legacy-crm-sync" },
        ),
        trapUser({
          name: "System Backup",
          email: "system.backup@acme.com",
          department: "IT",
          title: "Service Account",
        }),
        trapQueue({ name: "Executive Escalations" }),
      ],
    },
    "an ordinary client, which may be called a test": {
      resources: [oauthClient({ name: "Test Client" }), bridgedClient({ name: "Fake" })],
    },
    "names that are no text": {
      resources: [
        decoyClient({ name: 7, description: null, owner: ["trap"] }),
        decoyClient({ name: "Legacy CRM Sync" }, { name: "decoy-1" }),
      ],
    },
    "what is no bait": { resources: [bucket({ name: "honeypot" })] },
  },
  unknown: {
    "a name that is not known yet": {
      resources: [decoyClient({ name: unknownValue, description: "decoy" })],
      says: ["its description"],
    },
    "a trap's name": { resources: [trapQueue({ name: unknownValue })] },
    "a bridged decoy's": {
      config: { bridgedDecoys: ["example"] },
      resources: [bridgedClient({ name: unknownValue })],
    },
  },
});
