import type { Holder } from "../../aws/access.ts";
import { ProviderError } from "../errors.ts";

/** Somebody else changes the credential, and has not finished in time. Nothing was changed. */
export class CredentialBusyError extends ProviderError {
  readonly code = "credential-busy";

  constructor(id: string, table: string, holder: Holder | undefined) {
    const who =
      holder === undefined
        ? "Somebody has"
        : `${holder.name} has, until ${new Date(holder.until).toISOString()} at the latest,`;
    super(
      `${who} the right to change the credential "${id}" (its lease in the table ${table}). Nothing was changed. Run it again when that rotation or deployment has ended; one that died gives way when its time is over.`,
    );
  }
}

/** The secret of a credential cannot be written. */
export class SecretUnavailableError extends ProviderError {
  readonly code = "secret-unavailable";

  constructor(secretArn: string, state: "missing" | "deleted") {
    super(
      state === "missing"
        ? `The secret ${secretArn} does not exist, so the credential would have no users. Run pulumi refresh, so that the next deployment makes the secret again, or correct secretArn.`
        : `The secret ${secretArn} is scheduled for deletion. Restore it (aws secretsmanager restore-secret), then run it again.`,
    );
  }
}

/** The secret holds another resource's client, which works. */
export class SecretTakenError extends ProviderError {
  readonly code = "secret-taken";

  constructor(secretArn: string, clientId: string, description: string | undefined) {
    super(
      `The secret ${secretArn} holds OAuth client ${clientId}, whose description says that it belongs to another resource: ${description}. Give this credential a secret of its own, or, if the resource was renamed, declare its old name as an alias.`,
    );
  }
}

/** There is no ledger, so that nobody can know who changes a credential. */
export class LedgerGoneError extends ProviderError {
  readonly code = "ledger-gone";

  constructor(table: string, region: string, cause: unknown) {
    super(
      `The ledger's table ${table} does not exist in ${region}. Run pulumi refresh, so that the next deployment makes it again; an empty one is filled by and by.`,
      cause,
    );
  }
}
