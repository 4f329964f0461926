import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

export const destroy: Step<DrillWorld> = {
  title: "guard destroy: the organisation is as it was",
  run: async ({ guard, genesys, github }) => {
    const { exitCode, output } = await guard("destroy", "--yes");
    expect(exitCode === 0, "The destruction failed.", output);
    const left = genesys.world.differences();
    expect(left.length === 0, "Something was left behind.", left.join("\n"));
    const patterns = github.world.patterns().length;
    expect(patterns === 0, `${patterns} secret patterns were left behind.`);
    return "nothing left in Genesys Cloud or GitHub";
  },
};
