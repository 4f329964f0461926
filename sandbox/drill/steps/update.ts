import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { atOnce } from "./deploy.ts";

export const update: Step<DrillWorld> = {
  title: "guard up: one client's tokens shall live for half an hour; that client is updated and no other",
  run: async ({ guard, genesys, stack }) => {
    const before = genesys.world.snapshot();
    stack.change("clients", "reporting-wallboard", { accessTokenValiditySeconds: 1800 });
    genesys.calls.reset();
    const { exitCode, output } = await guard("up", ...atOnce);
    expect(exitCode === 0, "The update failed.", output);
    const differences = genesys.world.differences(before);
    expect(differences.length === 1, "More than one object changed.", differences.join("\n"));
    const client = genesys.world.clients.find(({ name }) => name === "Reporting Wallboard");
    expect(
      client?.accessTokenValiditySeconds === 1800,
      `The lifetime is ${client?.accessTokenValiditySeconds}.`,
    );
    return `one object changed, ${genesys.calls.count()} calls`;
  },
};
