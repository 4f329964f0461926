import { planStrategy } from "../../../core/rotation/strategy.ts";
import { credential } from "./credentials.ts";

const one = { dualSecrets: false };

test("by default a rotation makes a client", () => {
  expect(planStrategy(credential, one, "master")).toEqual({ kind: "newClient" });
});

test("a second secret needs a platform that keeps two", () => {
  const overlapping = { ...credential, strategy: "overlappingSecrets" } as const;
  expect(planStrategy(overlapping, { dualSecrets: true }, "master")).toEqual({ kind: "secondSecret" });
  expect(planStrategy(overlapping, one, "master")).toEqual({
    kind: "refused",
    why: "crm declares the strategy overlappingSecrets, which needs the capability dualSecrets: the platform keeps one secret a client. Declare blueGreenClients.",
  });
});

test("a reset in place is for credentials that somebody else can reset", () => {
  const inPlace = { ...credential, strategy: "inPlace" } as const;
  const why =
    "crm declares the strategy inPlace, but is rotated with its own rights: a crash after the reset would lock it out for good. Declare blueGreenClients.";
  expect(planStrategy(inPlace, one, "master")).toEqual({ kind: "resetSecret" });
  expect(planStrategy({ ...inPlace, actor: "self" }, one, "master")).toEqual({ kind: "refused", why });
  expect(planStrategy(inPlace, one, "crm")).toEqual({ kind: "refused", why });
});
