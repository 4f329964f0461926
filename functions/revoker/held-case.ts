import { type AlertCase, alertKey } from "../../core/leak/alert-case.ts";
import type { Lease, Ledger } from "../ports.ts";

/** A case whose lease is held. */
export class HeldCase {
  readonly #cases: Ledger;
  readonly #lease: Lease;
  #of: AlertCase;

  constructor(cases: Ledger, lease: Lease, of: AlertCase) {
    this.#cases = cases;
    this.#lease = lease;
    this.#of = of;
  }

  get of(): AlertCase {
    return this.#of;
  }

  get key(): string {
    return alertKey(this.#of.alert);
  }

  /** @throws PortError lease-lost */
  async save(next: AlertCase): Promise<void> {
    if (next === this.#of) return;
    await this.#cases.write(this.#lease, next);
    this.#of = next;
  }
}
