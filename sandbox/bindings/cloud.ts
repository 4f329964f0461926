import { randomBytes } from "node:crypto";
import type { Connect } from "../../apis/http/connection.ts";
import { arn, defaultPlace } from "../aws/place.ts";
import { type LogEntry, recordedLog } from "../aws/ports/records.ts";
import type { InvocationRecord } from "../runtime/lambda.ts";
import type { Mishaps } from "../runtime/mishaps.ts";
import type { VirtualClock } from "../runtime/virtual-clock.ts";
import type { Role } from "./access.ts";
import { AddressPool } from "./addresses.ts";
import type { OutsideServices } from "./function-services.ts";
import { Measurements } from "./metrics.ts";
import { Region } from "./region.ts";

export interface CloudOptions {
  clock: VirtualClock;
  /** How the functions reach the platform. */
  connect: Connect;
  /** How they reach other services, by name. Default: not at all. */
  services?: OutsideServices;
  /** Where the stages of REST APIs are reached. Default `http://gateway.sandbox.test`: in this process alone. */
  gatewayUrl?: string;
  /** 12 digits. Default 123456789012. */
  account?: string;
}

/** The simulated AWS account into which the stack is deployed. */
export class Cloud {
  readonly clock: VirtualClock;
  readonly connect: Connect;
  readonly services: OutsideServices;
  readonly gatewayUrl: string;
  readonly account: string;
  /** By ARN. */
  readonly roles = new Map<string, Role>();
  readonly addresses = new AddressPool();
  readonly invocations: InvocationRecord[] = [];
  readonly log = recordedLog(2000);
  readonly measurements = new Measurements();
  /** Live: what befalls the functions' calls. */
  readonly mishaps: Mishaps = {};
  readonly #regions = new Map<string, Region>();

  constructor({
    clock,
    connect,
    services = {},
    gatewayUrl = "http://gateway.sandbox.test",
    account = defaultPlace.account,
  }: CloudOptions) {
    this.clock = clock;
    this.connect = connect;
    this.services = services;
    this.gatewayUrl = gatewayUrl;
    this.account = account;
  }

  region(name: string): Region {
    const known = this.#regions.get(name);
    if (known !== undefined) return known;
    const region = new Region({
      place: { region: name, account: this.account },
      clock: this.clock,
      newId: () => this.newId(),
      roles: this.roles,
      onInvocation: (record) => {
        this.invocations.push(record);
        this.measurements.count(record);
      },
    });
    this.#regions.set(name, region);
    return region;
  }

  get regions(): Iterable<Region> {
    return this.#regions.values();
  }

  iamArn(rest: string): string {
    return arn({ region: "", account: this.account }, "iam", rest);
  }

  /** Lines that a function has logged as errors. */
  get errors(): LogEntry[] {
    return this.log.lines.filter(({ level }) => level === "error");
  }

  /** 36 characters of hexadecimal digits and dashes, as the services' own ids. */
  newId(): string {
    const digits = randomBytes(16).toString("hex");
    return [0, 8, 12, 16, 20].map((start, i, all) => digits.slice(start, all[i + 1])).join("-");
  }
}
