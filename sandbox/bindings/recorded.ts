import type { PropertyMap } from "../../engine/model/property.ts";
import type { BoundType } from "./bound-type.ts";
import { hexadecimal, kindOf, nameOf, serviceOf } from "./names.ts";

/** Beginnings of EC2's ids: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ec2Ids: Readonly<Record<string, string>> = {
  vpc: "vpc",
  subnet: "subnet",
  internetGateway: "igw",
  natGateway: "nat",
  routeTable: "rtb",
  routeTableAssociation: "rtbassoc",
  route: "r",
  securityGroup: "sg",
  flowLog: "fl",
  vpcEndpoint: "vpce",
  networkAcl: "acl",
};

interface ArnContext {
  id: string;
  name: string;
  account: string;
  region: string;
}

/** The forms that do not follow `arn:aws:SERVICE:REGION:ACCOUNT:KIND/ID`. */
const arnForms: Readonly<Record<string, (context: ArnContext) => string>> = {
  "cloudwatch/logGroup": ({ name, account, region }) => `arn:aws:logs:${region}:${account}:log-group:${name}`,
  "cloudwatch/metricAlarm": ({ name, account, region }) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  "cloudwatch/dashboard": ({ name, account }) => `arn:aws:cloudwatch::${account}:dashboard/${name}`,
  "cloudwatch/eventRule": ({ name, account, region }) => `arn:aws:events:${region}:${account}:rule/${name}`,
  "sns/topic": ({ name, account, region }) => `arn:aws:sns:${region}:${account}:${name}`,
  "iam/policy": ({ name, account }) => `arn:aws:iam::${account}:policy/${name}`,
  "s3/bucket": ({ name }) => `arn:aws:s3:::${name}`,
  "kms/key": ({ id, account, region }) => `arn:aws:kms:${region}:${account}:key/${id}`,
  "kms/alias": ({ name, account, region }) => `arn:aws:kms:${region}:${account}:${name}`,
};

/** What AWS's own ids are, where they are not the name. */
const idForms: Readonly<Record<string, (name: string, context: Omit<ArnContext, "id" | "name">) => string>> =
  {
    "kms/key": () => [8, 4, 4, 4, 12].map(hexadecimal).join("-"),
    "sns/topic": (name, { account, region }) => `arn:aws:sns:${region}:${account}:${name}`,
  };

/** Outputs that programs read of a type, beside id, arn and name. */
const extraOutputs: Readonly<Record<string, (context: ArnContext, inputs: PropertyMap) => PropertyMap>> = {
  "kms/key": ({ id }) => ({ keyId: id }),
  "ec2/vpc": () => ({
    mainRouteTableId: `rtb-${hexadecimal(17)}`,
    defaultRouteTableId: `rtb-${hexadecimal(17)}`,
    defaultSecurityGroupId: `sg-${hexadecimal(17)}`,
    defaultNetworkAclId: `acl-${hexadecimal(17)}`,
  }),
  "ec2/subnet": (_context, { availabilityZone }) =>
    availabilityZone === undefined ? {} : { availabilityZoneId: `${String(availabilityZone)}-id` },
  "iam/policy": () => ({ policyId: `ANPA${hexadecimal(17).toUpperCase()}` }),
};

/**
 * A type of which nothing happens here: its inputs are recorded, and id, ARN, name and the obvious outputs made up in
 * AWS's form. A resource of another package has its id alone.
 */
export const recorded = (type: string): BoundType => ({
  create: (inputs, { cloud, region, logicalName }) => {
    if (!type.startsWith("aws:")) return { id: `${logicalName}-${hexadecimal(7)}`, outputs: {} };
    const [service, kind] = [serviceOf(type), kindOf(type)];
    const form = `${service}/${kind}`;
    const place = { account: cloud.account, region: region.place.region };
    const name = nameOf(inputs, logicalName);
    const prefix = service === "ec2" ? ec2Ids[kind] : undefined;
    const id = prefix === undefined ? (idForms[form]?.(name, place) ?? name) : `${prefix}-${hexadecimal(17)}`;
    const context = { id, name, ...place };
    const arn =
      arnForms[form]?.(context) ?? `arn:aws:${service}:${place.region}:${place.account}:${kind}/${id}`;
    return { id, outputs: { arn, name, ...extraOutputs[form]?.(context, inputs) } };
  },
});
