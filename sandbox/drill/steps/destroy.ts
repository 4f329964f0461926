import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

export const destroy: Step<DrillWorld> = {
  title: "guard destroy: the organisation is as it was",
  run: async ({ guard, genesys, github, aws }) => {
    const { exitCode, output } = await guard("destroy", "--skip-preview");
    expect(exitCode === 0, "The destruction failed.", output);
    const left = genesys.world.differences();
    expect(left.length === 0, "Something was left behind.", left.join("\n"));
    const patterns = github.world.patterns().length;
    expect(patterns === 0, `${patterns} secret patterns were left behind.`);
    const resources = aws.registry.all.map(({ urn }) => urn);
    expect(resources.length === 0, "Something was left behind in AWS.", resources.join("\n"));
    const secrets = [...aws.cloud.regions].flatMap(({ secretsManager }) => [...secretsManager.store.all]);
    expect(secrets.length === 0, "A secret was left behind.", secrets.map(({ name }) => name).join("\n"));
    return "nothing left in Genesys Cloud, GitHub or AWS";
  },
};
