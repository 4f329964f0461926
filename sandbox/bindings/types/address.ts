import type { BoundType } from "../bound-type.ts";
import { hexadecimal } from "../names.ts";

/** aws:ec2/eip:Eip: an address that the simulated platform knows as ours. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/eip/ */
export const address: BoundType = {
  create: (_inputs, { cloud, region }) => {
    const publicIp = cloud.addresses.allocate(region.place.region);
    const id = `eipalloc-${hexadecimal(17)}`;
    const dashed = publicIp.replaceAll(".", "-");
    return {
      id,
      outputs: {
        allocationId: id,
        arn: region.arn("ec2", `elastic-ip/${id}`),
        publicIp,
        publicDns: `ec2-${dashed}.compute-1.amazonaws.com`,
      },
    };
  },
  delete: ({ outputs }, { cloud }) => cloud.addresses.release(String(outputs.publicIp)),
};
