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

/** `options` may be a function, which the first call asks: not every function has the table's name. */
export const awsLedger = (
  session: AwsSession,
  options: TableLedgerOptions | (() => TableLedgerOptions),
): Ledger => {
  let made: TableLedger | undefined;
  const call = <T>(run: (table: TableLedger) => Promise<T>): Promise<T> =>
    asPort(() => {
      made ??= tableLedger(session, typeof options === "function" ? options() : options);
      return run(made);
    });
  return {
    acquire: (...of) => call((table) => table.acquire(...of)),
    open: (...of) => call((table) => table.open(...of)),
    release: (lease) => call((table) => table.release(lease)),
    read: (key) => call((table) => table.read(key)),
    write: (...of) => call((table) => table.write(...of)),
    all: () => call((table) => table.all()),
  };
};
