import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bridgedSettings, bucket, ipAllowlist } from "../resources.ts";

describePolicy("organisation-allowlist", {
  fires: {
    "an open entry": {
      resources: [ipAllowlist({ entries: ["18.130.7.9", "0.0.0.0/0"] }, { name: "organisation" })],
      says: [
        'The organisation\'s allowlist "organisation" must hold public IPv4 addresses alone, but entries[1], "0.0.0.0/0", lets every address in.',
      ],
    },
    "IPv6 and private entries": {
      resources: [ipAllowlist({ entries: ["2600:1f18::/48", "10.0.0.7"] })],
      says: ["is IPv6", "private"],
    },
    "an allowlist that is no list": {
      resources: [ipAllowlist({ entries: "18.130.7.9" })],
      says: ["but entries is no list"],
    },
    "the settings of the bridged provider": {
      resources: [
        bridgedSettings({ ipAddressAllowlists: ["192.168.0.0/24"] }),
        bridgedSettings({ ipAddressAllowlist: ["0.0.0.0/0"] }),
      ],
      says: [
        'ipAddressAllowlists[0], "192.168.0.0/24", overlaps the private range',
        'ipAddressAllowlist[0], "0.0.0.0/0", lets every address in',
      ],
    },
    "a wider block than is allowed": {
      config: { widestIpv4Prefix: 32 },
      resources: [ipAllowlist({ entries: ["18.130.7.0/31", "18.130.7.9"] })],
      says: ["/31"],
    },
  },
  passes: {
    "public IPv4 and egresses": {
      resources: [ipAllowlist({ entries: ["18.130.7.0/24", "egress:primary"] })],
    },
    "settings without an allowlist": {
      resources: [
        bridgedSettings({}),
        bridgedSettings({ ipAddressAllowlists: [] }),
        ipAllowlist({ entries: [] }),
      ],
    },
    "what is no allowlist": {
      resources: [bucket({ entries: ["0.0.0.0/0"], ipAddressAllowlist: ["0.0.0.0/0"] })],
    },
  },
  unknown: {
    "an entry that is not known yet": {
      resources: [ipAllowlist({ entries: [unknownValue, "0.0.0.0/0"] })],
      says: ["0.0.0.0/0"],
    },
    "the bridged list": { resources: [bridgedSettings({ ipAddressAllowlists: unknownValue })] },
  },
});
