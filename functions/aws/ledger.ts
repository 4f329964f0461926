import { type TableLedger, type TableLedgerOptions, tableLedger } from "../../apis/aws/ledger.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import type { Permission } from "../permissions.ts";
import type { Ledger } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const ledgerPermissions: readonly Permission[] = [
  {
    actions: ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem"],
    on: "ledgerTable",
    why: "Reads records, and writes those that it holds the lease of",
  },
];

export const awsLedger = (session: AwsSession, options: TableLedgerOptions): Ledger => {
  const table: TableLedger = tableLedger(session, options);
  return {
    acquire: (key, holder, seconds) => asPort(() => table.acquire(key, holder, seconds)),
    release: (lease) => asPort(() => table.release(lease)),
    read: (key) => asPort(() => table.read(key)),
    write: (lease, record) => asPort(() => table.write(lease, record)),
    all: () => asPort(() => table.all()),
  };
};
