import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import * as pulumi from "@pulumi/pulumi";
import { parseIpv4Block, sixteenths } from "../../config/ipv4-block.ts";
import type { AwsPlace } from "../../names.ts";
import { FlowLogs } from "./flow-logs.ts";

export interface EgressArgs {
  place: AwsPlace;
  /** A private block, /16 to /24. */
  cidr: string;
  /** Two. */
  availabilityZones: readonly string[];
  flowLogRetentionDays: number;
  /** False for the addresses alone: to be allowed before the day on which they are needed. */
  active: boolean;
  /** Whether the addresses are protected against being given back: whoever allows them would have to be told. */
  protect: boolean;
}

/** A zone's way out, once there is one. */
interface Zone {
  name: string;
  address: Eip;
  publicBlock: string;
  privateBlock: string;
}

/**
 * A network whose every call leaves from one of two addresses that stay the same: private subnets in two availability
 * zones, each behind a NAT gateway with an Elastic IP of its own.
 */
export class Egress extends pulumi.ComponentResource {
  /** The Elastic IPs. */
  readonly addresses: pulumi.Output<string>[];
  /** Empty where only the addresses exist. */
  readonly subnetIds: pulumi.Output<string>[] = [];
  /** Lets HTTPS out and nothing in. */
  readonly securityGroupId: pulumi.Output<string> | undefined;

  constructor(name: string, args: EgressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Egress", name, {}, opts);
    const zones = this.#zones(args);
    this.addresses = zones.map(({ address }) => address.publicIp);
    if (args.active) {
      const vpc = this.#vpc(name, args);
      const gateway = this.#internetGateway(name, args, vpc);
      const tables = zones.map((zone) => this.#zone(zone, args, vpc, gateway));
      this.subnetIds = tables.map(({ subnet }) => subnet.id);
      this.securityGroupId = this.#securityGroup(name, args, vpc).id;
      new FlowLogs(
        name,
        { place: args.place, vpcId: vpc.id, retentionDays: args.flowLogRetentionDays },
        { parent: this },
      );
      this.#ledgerEndpoint(name, args, vpc, tables);
    }
    this.registerOutputs({ addresses: this.addresses });
  }

  #zones({ place, cidr, availabilityZones, protect }: EgressArgs): Zone[] {
    const block = parseIpv4Block(cidr);
    const blocks = block === undefined ? [] : sixteenths(block, 2 * availabilityZones.length);
    return availabilityZones.map((zone, index) => ({
      name: zone,
      address: new Eip(
        zone,
        { domain: "vpc", tags: { Name: `${place.prefix}-${zone}` } },
        { parent: this, protect },
      ),
      publicBlock: blocks[index] ?? "",
      privateBlock: blocks[availabilityZones.length + index] ?? "",
    }));
  }

  #vpc(name: string, { place, cidr }: EgressArgs): Vpc {
    const vpc = new Vpc(
      name,
      {
        cidrBlock: cidr,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: { Name: `${place.prefix}-${name}` },
      },
      { parent: this },
    );
    // Without rules: what forgets to name a group reaches nothing.
    new DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [] }, { parent: this });
    return vpc;
  }

  #internetGateway(name: string, { place }: EgressArgs, vpc: Vpc): InternetGateway {
    return new InternetGateway(
      name,
      { vpcId: vpc.id, tags: { Name: `${place.prefix}-${name}` } },
      { parent: this },
    );
  }

  #zone(zone: Zone, { place }: EgressArgs, vpc: Vpc, gateway: InternetGateway) {
    const outside = this.#subnet(`${zone.name}-public`, zone.name, zone.publicBlock, place, vpc);
    this.#route(outside, { gatewayId: gateway.id });
    const nat = new NatGateway(
      zone.name,
      {
        allocationId: zone.address.allocationId,
        subnetId: outside.subnet.id,
        tags: { Name: `${place.prefix}-${zone.name}` },
      },
      { parent: this, dependsOn: [gateway] },
    );
    const inside = this.#subnet(`${zone.name}-private`, zone.name, zone.privateBlock, place, vpc);
    this.#route(inside, { natGatewayId: nat.id });
    return inside;
  }

  #subnet(name: string, availabilityZone: string, cidrBlock: string, place: AwsPlace, vpc: Vpc) {
    const tags = { Name: `${place.prefix}-${name}` };
    const subnet = new Subnet(
      name,
      { vpcId: vpc.id, availabilityZone, cidrBlock, mapPublicIpOnLaunch: false, tags },
      { parent: this },
    );
    const table = new RouteTable(name, { vpcId: vpc.id, tags }, { parent: this });
    new RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: table.id }, { parent: this });
    return { name, subnet, table };
  }

  #route(
    { name, table }: { name: string; table: RouteTable },
    to: { gatewayId: pulumi.Input<string> } | { natGatewayId: pulumi.Input<string> },
  ): void {
    new Route(name, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...to }, { parent: this });
  }

  #securityGroup(name: string, { place }: EgressArgs, vpc: Vpc): SecurityGroup {
    return new SecurityGroup(
      name,
      {
        vpcId: vpc.id,
        description: "HTTPS out, nothing in",
        ingress: [],
        egress: [
          {
            description: "HTTPS",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["0.0.0.0/0"],
          },
        ],
        tags: { Name: `${place.prefix}-${name}` },
      },
      { parent: this },
    );
  }

  /** A gateway endpoint costs nothing and keeps the ledger's traffic off the NAT gateways. */
  #ledgerEndpoint(
    name: string,
    { place }: EgressArgs,
    vpc: Vpc,
    tables: readonly { table: RouteTable }[],
  ): void {
    new VpcEndpoint(
      name,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${place.region}.dynamodb`,
        routeTableIds: tables.map(({ table }) => table.id),
      },
      { parent: this },
    );
  }
}
