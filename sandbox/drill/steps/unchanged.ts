import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { withPolicies } from "./deploy.ts";

export const unchanged: Step<DrillWorld> = {
  title: "guard preview: nothing to do, and no call made to find out",
  run: async ({ guard, genesys, github }) => {
    genesys.calls.reset();
    github.calls.reset();
    const { exitCode, output } = await guard("preview", "--expect-no-changes", ...withPolicies);
    expect(exitCode === 0, "An unchanged program showed changes.", output);
    const calls = genesys.calls.count() + github.calls.count();
    expect(calls === 0, `${calls} calls were made.`, JSON.stringify(genesys.calls.byRoute(), null, 2));
    return "every resource unchanged, 0 calls";
  },
};
