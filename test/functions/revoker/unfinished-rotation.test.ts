import { LeakWorld } from "./world.ts";

const labelled = (world: LeakWorld, id: string, stage: string): string | undefined => {
  const stored = world.aws.secretsManager.store.find(world.credential(id).secretArn);
  return stored.labels.get(stage);
};

test("leaves no rotation behind that would go on with the leaked client", async () => {
  const world = new LeakWorld();
  await world.rotate("crm");
  await world.pass(600);
  // As Secrets Manager leaves it.
  expect(labelled(world, "crm", "AWSPENDING")).toBe(labelled(world, "crm", "AWSCURRENT"));
  const leaked = world.value("crm");
  world.push(leaked);
  await world.pass(60);
  expect(labelled(world, "crm", "AWSPENDING")).toBe(labelled(world, "crm", "AWSCURRENT"));
  await world.rotate("crm");
  expect(world.value("crm").clientId).not.toBe(leaked.clientId);
  expect(await world.logsIn(world.value("crm"))).toBe(true);
  expect(await world.logsIn(leaked)).toBe(false);
});

test("the functions' own credential is reset in place where no other client can be made", async () => {
  const world = new LeakWorld();
  const leaked = world.value("master");
  world.mishap = ({ functionName, operation }) =>
    functionName === "revoke" && operation === "POST /api/v2/oauth/clients"
      ? { kind: "status", status: 503 }
      : undefined;
  const alert = world.push(leaked);
  await world.pass(60);
  expect(await world.logsIn(leaked)).toBe(false);
  expect(await world.logsIn(world.value("master"))).toBe(true);
  expect(world.value("master").clientId).toBe(leaked.clientId);
  expect(world.case(alert)).toMatchObject({ containment: "replacedInPlace", closedAt: expect.any(Number) });
});
