import type { BoundType } from "../bound-type.ts";
import { text } from "../inputs.ts";
import { nameOf } from "../names.ts";

/** aws:dynamodb/table:Table, with a partition key alone. https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ */
export const table: BoundType = {
  create: (inputs, { region, logicalName }) => {
    if (inputs.rangeKey !== undefined) throw new Error("ValidationException: no sort key is supported here.");
    const name = nameOf(inputs, logicalName);
    const { arn } = region.makeTable(name, text(inputs, "hashKey"));
    return { id: name, outputs: { arn, name, streamArn: "", streamLabel: "" } };
  },
  read: ({ id, outputs }, { region }) => (region.tables.has(id) ? outputs : undefined),
  delete: ({ id }, { region }) => void region.tables.delete(id),
};
