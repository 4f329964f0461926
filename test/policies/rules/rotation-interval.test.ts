import { notApplicable, unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bucket, oauthClient, rotatedClient } from "../resources.ts";

const rotated = (rotationIntervalDays: unknown) => rotatedClient({ rotationIntervalDays }, { name: "crm" });

describePolicy("rotation-interval", {
  fires: {
    "a secret that lives too long": {
      resources: [rotated(91)],
      says: [
        'The rotated client "crm" must get a new secret at least every 90 days, but its rotationIntervalDays is 91. Set it to a number of days from 1 to 90.',
      ],
    },
    "what is no interval": {
      resources: [rotated(0), rotated(-1), rotated("weekly")],
      says: ["is 0.", "is -1.", "is no number."],
    },
    "a shorter limit": {
      config: { maximumDays: 7 },
      resources: [rotated(8), rotated(7)],
      says: ["at least every 7 days"],
    },
    "any of our types that says how often": {
      resources: [oauthClient({ rotationIntervalDays: 365 })],
      says: ["365"],
    },
  },
  passes: {
    "90 days and less": { resources: [rotated(90), rotated(1)] },
    "what does not rotate": { resources: [rotated(null), rotatedClient({}), oauthClient({})] },
    "a property of somebody else's": { resources: [bucket({ rotationIntervalDays: 365 })] },
  },
  unknown: {
    "an interval that is not known yet": { resources: [rotated(unknownValue)] },
  },
});

test("what does not say how often it is rotated is reported as not applicable, not as compliant", async () => {
  expect(await notApplicable(oauthClient({}))).toContain("rotation-interval");
  expect(await notApplicable(rotated(7))).not.toContain("rotation-interval");
});
