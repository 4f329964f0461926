import type { ReconcileReport } from "../../../functions/rotator/reconcile.ts";
import { deployedWorld, type World } from "./world.ts";

const sweep = (world: World) => world.functions.reconcile({}) as Promise<ReconcileReport>;

test("a sweep over a stack that is in order finds nothing", async () => {
  const world = await deployedWorld();
  expect(await sweep(world)).toMatchObject({ reports: [], orphans: 0, deleted: 0, rotations: [] });
  await world.rotate("crm");
  expect(await sweep(world)).toMatchObject({ reports: [], orphans: 0, deleted: 0, rotations: [] });
});
