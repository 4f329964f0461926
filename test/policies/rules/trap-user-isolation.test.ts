import { randomBytes } from "node:crypto";
import { analyze, unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bucket, trapUser } from "../resources.ts";

const plain = {
  name: "System Backup",
  email: "system.backup@acme.com",
  department: "IT Security",
  title: "Service",
};

const reaching =
  "roles roleIds permissions grants team teamId groups queues routingSkills skills languages phone phoneNumbers primaryPhone stationId addresses licenses licences Password"
    .split(" ")
    .sort();

describePolicy("trap-user-isolation", {
  fires: {
    "everything that gives it reach": {
      resources: [
        trapUser(
          { ...plain, ...Object.fromEntries(reaching.map((key) => [key, ["x"]])) },
          { name: "backup" },
        ),
      ],
      says: reaching.map((key) => `The trap user "backup" must have no ${key}. Remove the property ${key}.`),
    },
    "a user that does not show": {
      resources: [trapUser({ ...plain, state: "inactive" }), trapUser({ ...plain, state: 7 })],
      says: [
        'The trap user "example" must be active, or the platform\'s listing does not show it, but its state is "inactive". Set it to "active".',
        "its state is no text",
      ],
    },
  },
  passes: {
    "a plain record": {
      resources: [
        trapUser({ ...plain, division: "Home", state: "active", userId: "7f1c", adoptId: "7f1c" }),
        trapUser(plain),
        trapUser({ ...plain, state: null, roles: [], team: "", phone: null }),
      ],
    },
    "what is no trap": { resources: [bucket({ roles: ["x"], state: "inactive" })] },
  },
  unknown: {
    "a property that is not known yet": {
      resources: [trapUser({ ...plain, roles: unknownValue, state: "inactive" })],
      says: ["must be active"],
    },
    "the state": {
      resources: [trapUser({ ...plain, state: unknownValue, team: "x" })],
      says: ["must have no team"],
    },
  },
});

test("the password of a trap user is in no message", async () => {
  const password = randomBytes(12).toString("hex");
  const verdicts = await analyze(trapUser({ ...plain, password }));
  expect(JSON.stringify(verdicts)).toContain("must have no password");
  expect(JSON.stringify(verdicts)).not.toContain(password);
});
