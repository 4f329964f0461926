import type { CredentialSource } from "../../apis/aws/credentials.ts";
import { dynamodbTable } from "../../apis/aws/dynamodb.ts";
import { type TableLedger, tableLedger } from "../../apis/aws/ledger.ts";
import { type SecretsManager, secretsManager } from "../../apis/aws/secrets-manager.ts";
import { type AwsSession, createAwsSession } from "../../apis/aws/session.ts";
import type { Transport } from "../../apis/http/client.ts";

/** Who may change a credential now, as the ledger shows it. */
export interface Holder {
  name: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** The ledger of rotations, and what it shows to people. */
export interface Ledger extends TableLedger {
  /** Undefined where nobody holds the key's lease. */
  holder(key: string): Promise<Holder | undefined>;
}

/** The AWS account in which secrets and ledger are. Makes no call and looks for no credentials until one is needed. */
export interface AwsAccess {
  secrets(region: string): SecretsManager;
  ledger(region: string, table: string): Ledger;
}

export interface AwsAccessOptions {
  /** Default: what the vendor's own tools would use, in their order. */
  credentials?: CredentialSource;
  /** Where endpoints are overridden. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Overrides for tests. */
  transport?: Transport;
}

/**
 * The environment, the shared files, single sign-on, the role of the machine: as `aws` itself would. Loaded when it is
 * needed, since that takes longer than everything else here.
 */
const vendorsChain = (): CredentialSource => {
  let chain: Promise<CredentialSource> | undefined;
  return async () => {
    chain ??= import("@aws-sdk/credential-provider-node").then(({ defaultProvider }) => defaultProvider());
    return (await chain)();
  };
};

export const accessAws = ({
  credentials = vendorsChain(),
  environment = process.env,
  transport = {},
}: AwsAccessOptions = {}): AwsAccess => {
  const sessions = new Map<string, AwsSession>();
  const sessionIn = (region: string): AwsSession => {
    const session = sessions.get(region) ?? createAwsSession({ region, credentials, environment, transport });
    sessions.set(region, session);
    return session;
  };
  return {
    secrets: (region) => secretsManager(sessionIn(region)),
    ledger: (region, table) => {
      const session = sessionIn(region);
      const items = dynamodbTable(session, table);
      const now = transport.now === undefined ? {} : { now: transport.now };
      return {
        ...tableLedger(session, { table, ...now }),
        holder: async (key) => {
          const item = await items.get({ pk: { S: key } }, `row ${key} of the table ${table}`);
          const { holder, until } = item ?? {};
          return holder !== undefined && "S" in holder && until !== undefined && "N" in until
            ? { name: holder.S, until: Number(until.N) }
            : undefined;
        },
      };
    },
  };
};
