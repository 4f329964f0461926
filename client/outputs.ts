import { InvalidOutputsError } from "./errors.ts";

/** A client of the stack, as its team needs it. Fields that this kit does not know are left in it. */
export interface ClientOutputs {
  /** Its name in the stack. */
  id: string;
  /** Of the secret that holds its credential: the `secretId` of `secretsManagerSource`. */
  secretArn: string;
  /** Genesys Cloud region, such as `us-east-1`. */
  region: string;
  /** AWS region of the secret. */
  awsRegion: string;
  accessTokenValiditySeconds: number;
  /** Missing where the client is not rotated. */
  rotationIntervalHours?: number;
}

export interface StackOutputs {
  contractVersion: number;
  /** By id: the clients whose credential is in a secret store, which is all of them or none. */
  clients: Readonly<Record<string, ClientOutputs>>;
}

const knownVersion = 2;

/** A client that has every field, each of its type. */
const example = { secretArn: "", region: "", awsRegion: "", accessTokenValiditySeconds: 0 };

/**
 * Reads the outputs of the stack: the text of `pulumi stack output --json`, or an object of that shape.
 *
 * @throws InvalidOutputsError for what is no output of such a stack, or of a version that this kit does not know
 */
export const readStackOutputs = (json: unknown): StackOutputs => {
  let outputs = json;
  try {
    if (typeof json === "string") outputs = JSON.parse(json);
  } catch {
    // Said below.
  }
  const { contractVersion, clients } = Object(outputs);
  if (contractVersion !== knownVersion) {
    throw new InvalidOutputsError(
      `The contract version of the stack outputs is ${Number(contractVersion)}, not ${knownVersion}. Give the JSON of \`pulumi stack output --json\`; a newer stack needs a newer kit.`,
    );
  }
  const known: Record<string, ClientOutputs> = {};
  for (const [id, client] of Object.entries<Record<string, unknown>>(Object(clients))) {
    if (!client?.secretArn) continue;
    const fields = Object.entries(example);
    const wrong = fields.flatMap(([name, value]) => (typeof client[name] === typeof value ? [] : name));
    if (wrong.length) {
      throw new InvalidOutputsError(`Client ${id} of the stack outputs has no ${wrong.join(", ")}.`);
    }
    known[id] = { ...(client as typeof example), id };
  }
  return { contractVersion, clients: known };
};
