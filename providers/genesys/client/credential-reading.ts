import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { readMarker } from "../../../core/marker.ts";
import { changedProperties } from "../../dynamic/diff.ts";
import type { ReadResult } from "../../dynamic/provider.ts";
import { ifFound } from "../existence.ts";
import type { Session } from "../session.ts";
import { describeClient } from "./client-body.ts";
import { clientComparators } from "./client-comparators.ts";
import { describeRoles } from "./client-roles.ts";
import { describeGeneration } from "./credential-settling.ts";
import { isLive } from "./generations.ts";
import {
  generationInputs,
  type Repair,
  type RotatedInputs,
  type RotatedOutputs,
  rotatedRules,
} from "./rotated-client-inputs.ts";
import { readVersion } from "./secret-store.ts";

/** Whether the secret can be read at all: not where it is missing, or about to be deleted. */
const isThere = async ({ aws }: Session, { secretArn, awsRegion }: RotatedOutputs): Promise<boolean> => {
  const secret = await ifFound(() => aws.secrets(awsRegion).describe(secretArn));
  return secret !== undefined && secret.DeletedDate === undefined;
};

/** The client that users of the credential read, if it lives and is not another resource's. */
const findCurrent = async (session: Session, props: RotatedOutputs): Promise<OAuthClient | undefined> => {
  const { api, clients, patience } = session;
  const id = (await readVersion(session, props, { stage: "AWSCURRENT" }))?.held?.clientId;
  if (id === undefined) return undefined;
  // One that does not show may have been made a moment ago.
  const client =
    (await clients.listed(id)) ?? (await patience.until(() => ifFound(() => api.oauthClients.get(id))));
  const prefix = readMarker(client?.description)?.prefix ?? props.owner;
  return client !== undefined && isLive(client) && prefix === props.owner ? client : undefined;
};

/** Whether a living generation is as declared. Its token is its own. */
const isAsDeclared = async (
  session: Session,
  client: OAuthClient,
  declared: RotatedOutputs,
): Promise<boolean> => {
  const inputs = generationInputs(declared, declared.token);
  const roles = await describeRoles(session, client.roleDivisions ?? [], declared.roles);
  // A date on which the platform deletes an old generation is no deviation.
  const { dateToDelete: _, ...described } = describeClient(client, inputs, roles);
  const compared = { ...described, secretGeneration: inputs.secretGeneration };
  return changedProperties(compared, inputs, clientComparators).length === 0;
};

/**
 * The credential as it is now: its current generation, whichever that is, so that a rotation is no change. Of the
 * others only that one is not as declared.
 *
 * Where no current generation is left, the credential stays known as it was, and is reported as due for repair: to
 * forget it would leave what lives of it to nobody. It is gone when its secret is gone and nothing of it lives. An
 * outage of the platform or of AWS is an error.
 */
export const readCredential = async (
  session: Session,
  id: string,
  props: RotatedOutputs,
): Promise<ReadResult<RotatedInputs, RotatedOutputs>> => {
  const live = (await session.clients.all()).filter(
    (client) => isLive(client) && readMarker(client.description)?.prefix === props.owner,
  );
  const hasHome = await isThere(session, props);
  if (!hasHome && live.length === 0) return {};
  const current = hasHome ? await findCurrent(session, props) : undefined;

  const { repair: _, ...before } = props;
  const outs =
    current === undefined
      ? before
      : describeGeneration(
          current,
          before,
          await describeRoles(session, current.roleDivisions ?? [], before.roles),
        );
  const repair: Repair[] = [];
  if (current === undefined) repair.push("current");
  else {
    if (readMarker(current.description) === undefined) repair.push("marker");
    const others = live.filter((client) => client.id !== current.id);
    const asDeclared = await Promise.all([
      isAsDeclared(session, current, outs),
      ...others.map((client) => isAsDeclared(session, client, before)),
    ]);
    if (asDeclared.includes(false)) repair.push("others");
  }

  const found: RotatedOutputs = repair.length === 0 ? outs : { ...outs, repair };
  const declared = [...Object.keys(rotatedRules.entries), "token"];
  const inputs = Object.fromEntries(Object.entries(found).filter(([key]) => declared.includes(key)));
  return { id, props: found, inputs: inputs as unknown as RotatedInputs };
};
