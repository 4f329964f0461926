import { Secret } from "../../../apis/http/secret.ts";
import type { RotatedCredential, RotationDeclarations } from "../../../core/rotation/credential.ts";
import { formatSecretValue, generationToken, parseSecretValue } from "../../../core/rotation/secret-value.ts";
import { functionCatalog } from "../../../functions/catalog.ts";
import type { RotatorPorts } from "../../../functions/ports.ts";
import { bodyWithState, generationBody } from "../../../functions/rotator/client-body.ts";
import type { HostedFunction } from "../../../sandbox/runtime/index.ts";

/**
 * The two-phase scheme that the guide gives as its solution: a new client is made and stored; the old one is set
 * `inactive` at once and deleted 24 hours later. The control of the proofs: the same worlds must be able to tell it
 * from ours.
 */
export const guideFunctions = (declarations: RotationDeclarations): HostedFunction[] =>
  functionCatalog
    .filter(({ name }) => name === "rotate" || name === "retire")
    .map((definition) => ({
      definition,
      create: (ports) =>
        definition.name === "rotate" ? rotateAsGuided(ports, declarations) : deleteLater(ports, declarations),
    }));

interface Step {
  Step: string;
  SecretId: string;
  ClientRequestToken: string;
}

const master = async (ports: RotatorPorts, { credentials, masterId }: RotationDeclarations) => {
  const { secretArn = "" } = credentials.find(({ id }) => id === masterId) ?? {};
  const value = await stagedValue(ports, secretArn, "AWSCURRENT");
  return ports.platform.as({
    clientId: value?.clientId ?? "",
    clientSecret: new Secret(value?.clientSecret ?? ""),
  });
};

const stagedValue = async (ports: RotatorPorts, secretArn: string, stage: string) => {
  const text = await ports.secrets.value(secretArn, { stage });
  return text && parseSecretValue(text.reveal());
};

const rotateAsGuided =
  (ports: RotatorPorts, declarations: RotationDeclarations) =>
  async (event: unknown): Promise<void> => {
    const { Step: step, SecretId: secretArn, ClientRequestToken: versionId } = event as Step;
    const credential = declarations.credentials.find((each) => each.secretArn === secretArn);
    // The guide's master is kept by hand.
    if (credential === undefined || credential.id === declarations.masterId) return;
    if (step === "createSecret") await create(ports, declarations, credential, versionId);
    if (step === "finishSecret") await finish(ports, declarations, credential, versionId);
  };

const create = async (
  ports: RotatorPorts,
  declarations: RotationDeclarations,
  credential: RotatedCredential,
  versionId: string,
): Promise<void> => {
  if ((await ports.secrets.value(credential.secretArn, { versionId })) !== undefined) return;
  const api = await master(ports, declarations);
  const made = await api.oauthClients.create(generationBody(credential, generationToken(versionId)));
  const value = formatSecretValue({
    clientId: made.id ?? "",
    clientSecret: made.secret ?? "",
    region: declarations.region,
  });
  await ports.secrets.put(credential.secretArn, {
    versionId,
    value: new Secret(value),
    stages: ["AWSPENDING"],
  });
};

const finish = async (
  ports: RotatorPorts,
  declarations: RotationDeclarations,
  { id, secretArn }: RotatedCredential,
  versionId: string,
): Promise<void> => {
  const { versions } = await ports.secrets.describe(secretArn);
  const from = versions.find(({ stages }) => stages.includes("AWSCURRENT"))?.versionId;
  if (from !== versionId)
    await ports.secrets.moveStage(secretArn, "AWSCURRENT", {
      to: versionId,
      ...(from === undefined ? {} : { from }),
    });
  const old = await stagedValue(ports, secretArn, "AWSPREVIOUS");
  if (old === undefined) return;
  const api = await master(ports, declarations);
  const client = await api.oauthClients.get(old.clientId);
  await api.oauthClients.update(old.clientId, bodyWithState(client, "inactive"));
  await ports.scheduler.at(`delete-${old.clientId}`, ports.clock.now() + 24 * 3600 * 1000, {
    credentialId: id,
    clientId: old.clientId,
  });
};

const deleteLater =
  (ports: RotatorPorts, declarations: RotationDeclarations) =>
  async (event: unknown): Promise<void> => {
    const { clientId } = event as { clientId: string };
    await (await master(ports, declarations)).oauthClients.delete(clientId);
  };
