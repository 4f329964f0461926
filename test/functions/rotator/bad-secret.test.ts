/** A secret that was deleted, or edited by hand. */

import { formatSecretValue } from "../../../core/rotation/secret-value.ts";
import { issued } from "../../../sandbox/secrecy/issued.ts";
import { begin, damage, step, sweep } from "./hands.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

describe("the secret", () => {
  test("scheduled for deletion: nothing is made, nothing is deleted, a sweep says what to do", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const before = world.clientsOf("crm");
    world.aws.secretsManager.deleteSecret({ SecretId: world.credential("crm").secretArn });
    await expect(step(world, "createSecret", world.newVersionId())).rejects.toMatchObject({
      code: "secret-deleted",
    });
    await world.live(2 * day);
    expect(await sweep(world)).toMatchObject({
      reports: [
        "crm: its secret is scheduled for deletion. Restore it, or remove the credential from the stack.",
      ],
      deleted: 0,
    });
    expect(world.clientsOf("crm")).toEqual(before);

    world.aws.secretsManager.restoreSecret({ SecretId: world.credential("crm").secretArn });
    await sweep(world);
    await world.live(day);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
  });

  test("gone for good: the other credentials are looked after all the same", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const before = world.clientsOf("crm");
    world.aws.secretsManager.deleteSecret({
      SecretId: world.credential("crm").secretArn,
      ForceDeleteWithoutRecovery: true,
    });
    await world.rotate("master");
    await world.live(2 * day);
    await expect(sweep(world)).rejects.toThrow("1 credentials could not be reconciled");
    expect(world.clientsOf("crm")).toEqual(before);
    expect(Object.values(world.clientsOf("master"))).toEqual(["active"]);
  });

  test("current value edited by hand: the rotation supersedes it, and its own client is drained", async () => {
    const world = await deployedWorld();
    world.edit("crm", "a note that somebody left");
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    await sweep(world);
    await world.live(3 * day);
    await sweep(world);
    expect(Object.keys(world.clientsOf("crm"))).toContain(world.value("crm")?.clientId);
  });

  test("current value that names another's client: that client is left alone", async () => {
    const world = await deployedWorld();
    const stranger = world.genesys.world.addClient({ name: "Stranger" });
    world.edit(
      "crm",
      formatSecretValue({ clientId: stranger.id, clientSecret: stranger.secret, region: "us-east-1" }),
    );
    expect((await sweep(world)).reports).toEqual([
      expect.stringContaining("names a client that is none of its own"),
    ]);
    await world.rotate("crm");
    await world.live(3 * day);
    await sweep(world);
    expect(world.failures).toEqual([]);
    expect(world.genesys.world.clients.get(stranger.id)).toEqual(stranger);
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("current value of the master edited by hand: its previous one serves until it has replaced itself", async () => {
    const world = await deployedWorld();
    world.edit("master", "oops");
    world.restart();
    await world.rotate("crm");
    await world.rotate("master");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(await world.logsIn("master")).toBe(true);
  });

  test.each([
    ["is no credential", () => "somebody's note"],
    [
      "names another client",
      (world: World) =>
        world.aws.secretsManager.getSecretValue({ SecretId: world.credential("master").secretArn })
          .SecretString ?? "",
    ],
    [
      "has a wrong secret",
      (world: World) => {
        const value = world.value("crm", "AWSPENDING");
        return formatSecretValue({
          clientId: value?.clientId ?? "",
          region: "us-east-1",
          clientSecret: issued("edited-by-a-hand-at-night"),
        });
      },
    ],
  ])("a pending value that %s never becomes current", async (_, edited) => {
    const world = await deployedWorld();
    const before = world.value("crm");
    const version = world.newVersionId();
    world.aws.secretsManager.store.find(world.credential("crm").secretArn);
    await begin(world, version);
    await step(world, "createSecret", version);
    await step(world, "setSecret", version);
    damage(world, version, edited(world));
    await expect(step(world, "testSecret", version)).rejects.toThrow();
    await step(world, "finishSecret", version).catch(() => undefined);
    expect(world.value("crm")).toEqual(before);
    expect(await world.logsIn("crm")).toBe(true);
  });
});
