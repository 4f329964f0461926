/** Public addresses that Elastic IPs get here, by region: those that the sandbox's organisation knows as ours. */
const ranges: Readonly<Record<string, string>> = {
  "us-east-1": "52.204.1.",
  "us-west-2": "44.232.17.",
  "eu-west-1": "34.240.11.",
  "eu-central-1": "3.120.21.",
};
const first = 10;

/** Hands out the lowest address that is free. */
export class AddressPool {
  readonly #taken = new Set<string>();

  allocate(region: string): string {
    const range = ranges[region] ?? "54.93.7.";
    for (let last = first; last < 255; last += 1) {
      const address = `${range}${last}`;
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return address;
    }
    throw new Error(`AddressLimitExceeded: no address is left in ${region}.`);
  }

  release(address: string): void {
    this.#taken.delete(address);
  }
}
