import type { DraftAwsConfig } from "./aws-config.ts";
import type { NetworkConfig } from "./aws-schema.ts";
import { capacityProblems } from "./capacity.ts";
import type { DraftConfig } from "./cross-problems.ts";
import { overlap, parseIpv4Block } from "./ipv4-block.ts";
import { leakProblems } from "./leak-problems.ts";
import type { Problem } from "./problems.ts";
import { isRotated, rotationOf } from "./rotated-clients.ts";
import type { ClientConfig } from "./schema.ts";

/** The names under which the network's addresses go into allowlists; all, of a network that could not be read. */
export const networkEgress = (network: NetworkConfig | undefined): string[] =>
  network !== undefined && network.disasterRecovery === undefined
    ? ["primary"]
    : ["primary", "disaster-recovery"];

/**
 * A role holds 10,240 characters of inline policies, and the name of a secret takes some 120 of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const mostRotatedClients = 70;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html (`Name`) */
const secretName = /^(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]{1,512}$/;

const clientProblems = (client: ClientConfig, path: string, aws: DraftAwsConfig): Problem[] => {
  const problems: Problem[] = [];
  const refuse = (key: string, reason: string) => problems.push({ path: `${path}.${key}`, reason });
  if (client.secretName !== undefined && !secretName.test(client.secretName)) {
    refuse(
      "secretName",
      `"${client.secretName}" is no name for Secrets Manager: letters, digits and /_+=.@- (512 at most), not ending in a hyphen and six characters`,
    );
  }
  if (!isRotated(client)) {
    if (client.rotation !== undefined) {
      const why = client.adoptId === undefined ? `is a ${client.grantType} client` : "was taken over";
      refuse(
        "rotation",
        `has no effect: "${client.id}" ${why}, and only CLIENT-CREDENTIALS clients of this stack's making are rotated`,
      );
    }
    return problems;
  }
  if (client.state !== "active")
    refuse(
      "state",
      `must be active: "${client.id}" is rotated, and its generations have their own states; take the client out instead`,
    );
  if (client.dateToDelete !== undefined)
    refuse(
      "dateToDelete",
      `has no effect: "${client.id}" is rotated, and its generations are deleted one after the other`,
    );
  if (client.secretGeneration !== 0)
    refuse("secretGeneration", `has no effect: "${client.id}" is rotated; start a rotation instead`);
  if (rotationOf(client).strategy === "overlappingSecrets" && aws.capabilities?.dualSecrets === false) {
    refuse(
      "rotation.strategy",
      "needs capabilities.dualSecrets: true; the platform is not known to have two secrets for one client",
    );
  }
  return problems;
};

const functionProblems = (config: DraftConfig, aws: DraftAwsConfig): Problem[] => {
  const { masterClient, deployClient } = aws.functions ?? {};
  // A client that could not be read may be the one that is meant.
  if (config.clients.includes(undefined)) return [];
  const must = (key: string, id: string | undefined): Problem[] => {
    if (id === undefined) return [];
    const client = config.clients.find((each) => each?.id === id);
    const path = `functions.${key}`;
    if (client === undefined) return [{ path, reason: `"${id}" is no client of this stack` }];
    if (isRotated(client)) return [];
    const why = client.adoptId === undefined ? `is a ${client.grantType} client` : "was taken over";
    return [
      {
        path,
        reason: `"${id}" ${why}; it must be a CLIENT-CREDENTIALS client that this stack makes and rotates`,
      },
    ];
  };
  const problems = [...must("masterClient", masterClient), ...must("deployClient", deployClient)];
  if (masterClient !== undefined && masterClient === deployClient) {
    problems.push({
      path: "functions.deployClient",
      reason: `"${deployClient}" is already masterClient; the functions need fewer rights than the deployment`,
    });
  }
  return problems;
};

const networkProblems = (config: DraftConfig, { network, region }: DraftAwsConfig): Problem[] => {
  if (network === undefined) return [];
  const problems: Problem[] = networkEgress(network)
    .filter((name) => name in config.egress)
    .map((name) => ({
      path: `egress.${name}`,
      reason: "is what the network of this stack defines: its own addresses; give these another name",
    }));
  const zones = (path: string, list: readonly string[], of: string | undefined) =>
    list.forEach((zone, index) => {
      if (of !== undefined && zone.slice(0, -1) !== of) {
        problems.push({ path: `${path}[${index}]`, reason: `"${zone}" is no availability zone of ${of}` });
      }
    });
  zones("network.availabilityZones", network.availabilityZones, region);
  const { disasterRecovery } = network;
  if (disasterRecovery === undefined) return problems;
  const path = "network.disasterRecovery";
  if (disasterRecovery.region === region) {
    problems.push({
      path: `${path}.region`,
      reason: `is "${region}", where the stack is; a disaster there would take both`,
    });
  }
  zones(`${path}.availabilityZones`, disasterRecovery.availabilityZones, disasterRecovery.region);
  const [here, there] = [parseIpv4Block(network.cidr), parseIpv4Block(disasterRecovery.cidr)];
  if (here !== undefined && there !== undefined && overlap(here, there)) {
    problems.push({
      path: `${path}.cidr`,
      reason: `"${disasterRecovery.cidr}" overlaps network.cidr "${network.cidr}"; the two could never be connected`,
    });
  }
  return problems;
};

const dataActionProblems = (config: DraftConfig): Problem[] =>
  config.dataActionCredentials.flatMap((credential, index) =>
    credential?.client === undefined
      ? []
      : [
          {
            path: `dataActionCredentials[${index}].client`,
            reason: `"${credential.client}" has its secret in Secrets Manager alone with runtime: aws, and a data action would keep an old one; use awsRoleArn`,
          },
        ],
  );

/** What is wrong between the parts of a stack with `runtime: aws`. */
export const awsProblems = (config: DraftConfig, aws: DraftAwsConfig): Problem[] => {
  const { alarms } = aws;
  const rotated = config.clients.filter((client) => client !== undefined && isRotated(client)).length;
  const problems: Problem[] = [
    ...config.clients.flatMap((client, index) =>
      client === undefined ? [] : clientProblems(client, `clients[${index}]`, aws),
    ),
    ...functionProblems(config, aws),
    ...networkProblems(config, aws),
    ...dataActionProblems(config),
    ...capacityProblems(config.clients, config.decoys.length, aws),
    ...(aws.leak === undefined ? [] : leakProblems(config, aws.leak)),
  ];
  if (alarms !== undefined && (alarms.topicArn === undefined) === (alarms.emails.length === 0)) {
    problems.push({
      path: "alarms",
      reason: "must have either topicArn or emails: somebody has to hear them",
    });
  }
  if (rotated > mostRotatedClients) {
    problems.push({
      path: "clients",
      reason: `are ${rotated} that are rotated; the policy of one function has room for ${mostRotatedClients}, so make another stack for the rest`,
    });
  }
  return problems;
};
