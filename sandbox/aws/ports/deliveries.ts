import type { Clock, DeliveryLog } from "../../../functions/ports.ts";
import type { Table } from "../dynamodb/table.ts";
import type { Caller } from "./caller.ts";

/** Deliveries as items `delivery#ID` with a time to live, `expires` in seconds, as the adapter keeps them. */
export const deliveriesPort = (table: Table, caller: Caller, clock: Pick<Clock, "now">): DeliveryLog => ({
  remember: (id, seconds) =>
    caller.call("deliveries", "remember", id, () => {
      caller.needs("dynamodb:UpdateItem", table.arn);
      const key = `delivery#${id}`;
      const time = Math.floor(clock.now() / 1000);
      const before = table.get(key);
      if (before?.expires !== undefined && Number(before.expires.N) > time) return "known" as const;
      table.write(key, (item) => ({ ...item, pk: { S: key }, expires: { N: String(time + seconds) } }));
      return "new" as const;
    }),
});
