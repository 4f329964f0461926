import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { withPolicies } from "./deploy.ts";

const preview = async ({ guard, genesys, github, aws }: DrillWorld): Promise<string> => {
  const callsOf = [genesys.calls, github.calls, aws.aws.calls];
  for (const calls of callsOf) calls.reset();
  aws.registry.resetCalls();
  const { exitCode, output } = await guard("preview", "--expect-no-changes", ...withPolicies);
  expect(exitCode === 0, "An unchanged program showed changes.", output);
  const calls = callsOf.reduce((sum, each) => sum + each.count(), aws.registry.callCount);
  expect(calls === 0, `${calls} calls were made.`, JSON.stringify(genesys.calls.byRoute(), null, 2));
  const [, unchanged] = /(\d+) unchanged/.exec(output) ?? [];
  return `${unchanged} resources unchanged, 0 calls`;
};

export const unchanged: Step<DrillWorld> = {
  title: "guard preview: nothing to do, and no call made to find out",
  run: preview,
};

export const unchangedByRotation: Step<DrillWorld> = {
  title: "guard preview: after all these rotations there is still nothing to do",
  run: preview,
};
