import fc from "fast-check";
import {
  createIpAllowlistProvider,
  type IpAllowlistInputs,
  type IpAllowlistOutputs,
} from "../../../../providers/genesys/allowlist/ip-allowlist-provider.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

const caller = "52.204.7.1";
const entries = ["52.204.1.0/24", "52.204.2.9", "egress:primary"];

const declaration = (adopting: boolean): fc.Arbitrary<IpAllowlistInputs> =>
  fc.record({
    entries: fc.shuffledSubarray(entries).map((some) => [...some, `${caller}/32`]),
    egress: fc.constantFrom({ primary: ["52.205.1.1"] }, { primary: ["52.205.1.2", "52.205.1.1"] }),
    callerAddresses: fc.constant([caller]),
    ...(adopting ? { adoptId: fc.constant("organization" as const) } : {}),
  });

const start = (adopting: boolean) => async (): Promise<World<IpAllowlistInputs, IpAllowlistOutputs>> => {
  const { world, faults, session, close } = await startOrganisation({ callerAddress: caller });
  const set = (ipAddressAllowlist: string[]) => world.settings.edit("authentication", { ipAddressAllowlist });
  const held = () => world.settings.get("authentication")?.ipAddressAllowlist ?? [];
  const others = () => {
    const { ipAddressAllowlist: _, ...rest } = world.settings.get("authentication") ?? {};
    return JSON.stringify(rest);
  };
  const before = others();
  /** What a person put there while no resource was. */
  let byHand: string[] = [];
  return {
    faults,
    close: async () => {
      expect(others()).toBe(before);
      await close();
    },
    host: () => {
      const shared = session();
      return createIpAllowlistProvider(() => shared);
    },
    drift: (_id, choice) => {
      const drifts = [[], [caller], [caller, `52.206.${choice}.0/24`]];
      set(drifts[choice % drifts.length] ?? []);
    },
    ...(adopting
      ? {
          existing: (inputs: IpAllowlistInputs) => {
            byHand = [`${caller}/32`, "52.207.0.0/24"];
            set(byHand);
            return { id: "organization", inputs };
          },
        }
      : {}),
    actual: () => {
      const addresses = held();
      return { addresses: addresses.map((each) => (each.includes("/") ? each : `${each}/32`)) };
    },
    // A list is ours to clean up while it is not what a person had put there.
    living: () => (JSON.stringify(held()) === JSON.stringify(byHand) ? [] : ["organization"]),
  };
};

proveHistories("whatever happens to the allowlist, one deployment puts it right", {
  declarations: declaration(false),
  start: start(false),
});

proveHistories("whatever happens to an allowlist that was taken over, one deployment puts it right", {
  declarations: declaration(true),
  start: start(true),
});
