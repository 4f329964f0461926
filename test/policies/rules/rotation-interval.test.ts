import { notApplicable, unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bucket, oauthClient, rotatedClient } from "../resources.ts";

const rotated = (rotationIntervalHours: unknown) => rotatedClient({ rotationIntervalHours }, { name: "crm" });

describePolicy("rotation-interval", {
  fires: {
    "a secret that lives too long": {
      resources: [rotated(2161)],
      says: [
        'The rotated client "crm" must get a new secret at least every 90 days, but its rotationIntervalHours is 2161. Set it to a number of hours from 4 to 2160.',
      ],
    },
    "what is no interval": {
      resources: [rotated(0), rotated(-1), rotated("weekly"), rotated([168])],
      says: ["is 0.", "is -1.", "is no number.", "is no number."],
    },
    "a shorter limit": {
      config: { maximumDays: 7 },
      resources: [rotated(169), rotated(168), rotated(null)],
      says: ["at least every 7 days"],
    },
    "a default that is longer than the limit": {
      config: { maximumDays: 6 },
      resources: [rotatedClient({}), rotated(null), rotated(144)],
      says: ["is 168. Set it to a number of hours from 4 to 144.", "is 168."],
    },
  },
  passes: {
    "90 days and less": { resources: [rotated(2160), rotated(4)] },
    "the default": { resources: [rotatedClient({}), rotated(null)] },
    "a property of somebody else's": { resources: [bucket({ rotationIntervalHours: 8760 })] },
    "what is not rotated": { resources: [oauthClient({ rotationIntervalHours: 8760 })] },
  },
  unknown: {
    "an interval that is not known yet": { resources: [rotated(unknownValue)] },
  },
});

test("what is not rotated is reported as not applicable, not as compliant", async () => {
  expect(await notApplicable(oauthClient({}))).toContain("rotation-interval");
  expect(await notApplicable(bucket({}))).toContain("rotation-interval");
  expect(await notApplicable(rotated(168))).not.toContain("rotation-interval");
  expect(await notApplicable(rotatedClient({}))).not.toContain("rotation-interval");
});
