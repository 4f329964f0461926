/** What people and AWS do to a world from outside, and what they see of it. */
import { withMarker } from "../../../core/marker.ts";
import type { ReconcileReport } from "../../../functions/rotator/reconcile.ts";
import type { World } from "./world.ts";

export const sweep = (world: World) => world.invoke("reconcile", {}) as Promise<ReconcileReport>;

/** What the failures of functions say, in order. */
export const failures = (world: World): string[] => world.failures.map((error) => String(error));

export const codes = (world: World): unknown[] =>
  world.failures.map((error) => (error as { code?: unknown }).code);

export const step = (world: World, name: string, versionId: string, id = "crm") =>
  world.invoke("rotate", {
    Step: name,
    SecretId: world.credential(id).secretArn,
    ClientRequestToken: versionId,
  });

/** The version gets its label, as when a rotation begins, and nothing calls the function. */
export const begin = async (world: World, versionId: string): Promise<void> => {
  const { secretArn } = world.credential("crm");
  const function_ = world.functions.rotate;
  world.functions.rotate = async () => {
    throw new Error("not yet");
  };
  world.aws.secretsManager.rotateSecret({ SecretId: secretArn, ClientRequestToken: versionId });
  await world.aws.runDue();
  world.aws.secretsManager.store.find(secretArn).callOff?.();
  world.functions.rotate = function_;
  world.failures.length = 0;
};

export const damage = (world: World, versionId: string, value: string): void => {
  const version = world.aws.secretsManager.store
    .find(world.credential("crm").secretArn)
    .versions.get(versionId);
  if (version !== undefined) version.value = value;
};

/** A client with the marker of `crm` that nothing knows. */
export const addForgotten = (world: World, prefix = world.credential("crm").owner) => {
  const { world: organisation } = world.genesys;
  return organisation.addClient({
    name: "Forgotten",
    description: withMarker(undefined, prefix, "forgotten"),
    grants: [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")],
  });
};

export const messages = (world: World): unknown[] =>
  world.aws.emergencyQueue.messages.map(({ body }) => JSON.parse(body));

export const answerEmergencies = async (world: World): Promise<void> => {
  const received = world.aws.emergencyQueue.receive({ maximum: 10 });
  await world.invoke("emergency", {
    Records: received.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body })),
  });
  await world.aws.runDue();
};
