import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedClient, bucket, decoyClient, oauthClient, rotatedClient } from "../resources.ts";

const open = (entries: unknown) => oauthClient({ allowedIps: entries }, { name: "crm-sync" });

describePolicy("client-allowlist", {
  fires: {
    "a client without an allowlist": {
      resources: [oauthClient({}, { name: "crm-sync" }), open([]), open(null), open("")],
      says: Array(4).fill(
        'The OAuth client "crm-sync" must list the addresses from which it may be used, but allowedIps is empty. Set it to the public CIDRs of the integration\'s egress, such as ["52.204.1.0/24"], or to ["egress:NAME"].',
      ),
    },
    "a client that is open to all": {
      resources: [open(["52.204.1.0/24", "0.0.0.0/0"])],
      says: [
        'The OAuth client "crm-sync" must be usable from listed public addresses alone, but allowedIps[1], "0.0.0.0/0", lets every address in. List the addresses from which the calls really come, or remove the entry.',
      ],
    },
    "private, wide, malformed and repeated entries, each by itself": {
      resources: [open(["10.0.0.0/8", "52.0.0.0/15", "office", 7, "18.130.7.9", "18.130.7.9/32", "::/0"])],
      says: [
        "allowedIps[3] is no text. Write a CIDR such as 52.204.1.0/24.",
        'allowedIps[0], "10.0.0.0/8", overlaps the private range 10.0.0.0/8',
        'allowedIps[1], "52.0.0.0/15", is wider than the widest block allowed, /16',
        'allowedIps[2], "office", is neither an address nor a CIDR nor an egress',
        'allowedIps[6], "::/0", lets every address in',
        'allowedIps[5], "18.130.7.9/32", repeats entry',
      ],
    },
    "an allowlist that is no list": {
      resources: [open("52.204.1.0/24")],
      says: ["but allowedIps is no list. Write a list of CIDRs."],
    },
    "a list of nothing but numbers": { resources: [open([7])], says: ["allowedIps[0] is no text"] },
    "too many entries": {
      resources: [open(Array.from({ length: 151 }, (_, index) => `18.130.${index}.7`))],
      says: ["but allowedIps resolves to 151 CIDRs"],
    },
    "IPv6 that reaches the organisation's list": {
      resources: [oauthClient({ allowedIps: ["2600:1f18::/48"], allowlistEnforcement: "organisation" })],
      says: ["is IPv6"],
    },
    "narrower limits": {
      config: { widestIpv4Prefix: 24, widestIpv6Prefix: 64 },
      resources: [open(["52.204.0.0/23", "52.204.4.0/24", "2600:1f18::/63", "2600:1f19::/64"])],
      says: ["/23", "/63"],
    },
    "a rotated client": { resources: [rotatedClient({})], says: ["allowedIps is empty"] },
    "a bridged client whose allowlist is not declared": {
      resources: [bridgedClient({ name: "CRM Sync" }, { name: "crm" })],
      says: [`but bridgedAllowlists["crm"] of the policy's configuration is empty`],
    },
    "a bridged client whose declared allowlist is open": {
      config: { bridgedAllowlists: { crm: ["0.0.0.0/0"], other: ["18.130.7.9"] } },
      resources: [
        bridgedClient({}, { name: "crm" }),
        bridgedClient({}, { name: "other" }),
        bridgedClient({}, { name: "toString" }),
      ],
      says: [
        /but bridgedAllowlists\["crm"\] of the policy's configuration\[0\], "0\.0\.0\.0\/0", lets/,
        '"toString"',
      ],
    },
  },
  passes: {
    "public blocks, addresses and egresses": {
      resources: [open(["52.204.1.0/24", "18.130.7.9", "egress:primary", "2600:1f18::/48"])],
    },
    "IPv4 that reaches the organisation's list": {
      resources: [oauthClient({ allowedIps: ["52.204.1.0/24"], allowlistEnforcement: "organisation" })],
    },
    "wide blocks where they are allowed": {
      config: { widestIpv4Prefix: 8, widestIpv6Prefix: 16 },
      resources: [open(["11.0.0.0/8", "2a05::/16"])],
    },
    decoys: { config: { bridgedDecoys: ["example"] }, resources: [decoyClient({}), bridgedClient({})] },
    "a bridged client with a declared allowlist": {
      config: { bridgedAllowlists: { crm: ["18.130.7.9"] } },
      resources: [bridgedClient({}, { name: "crm" })],
    },
    "what is no client": { resources: [bucket({})] },
  },
  unknown: {
    "an allowlist that is not known yet": { resources: [open(unknownValue)] },
    "one entry, after the others": {
      resources: [open([unknownValue, "10.0.0.7"])],
      says: ['allowedIps[1], "10.0.0.7"'],
    },
    "every entry": { resources: [open([unknownValue])] },
    "where a client's list is enforced": {
      resources: [oauthClient({ allowedIps: ["18.130.7.9"], allowlistEnforcement: unknownValue })],
    },
  },
});
