/** A module for --bind: its platform is a file, which says of each resource where it is and what it was made from. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { BoundProvider } from "../../../../engine/hosts/binding.ts";
import type { ResourceHost } from "../../../../engine/hosts/resource-host.ts";
import type { PropertyMap } from "../../../../engine/model/property.ts";

interface Thing {
  region: string;
  inputs: PropertyMap;
}

export const providerReplaceKeys = ["region"];

export const createHost = ({ packageName, config, environment }: BoundProvider): ResourceHost => {
  const file = environment.PLATFORM ?? "";
  const region = String(config.region ?? "us-east-1");
  const things = (): Record<string, Thing> =>
    existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, Thing>) : {};
  const save = (all: Record<string, Thing>) => writeFileSync(file, JSON.stringify(all));
  const note = (call: string) => appendFileSync(`${file}.calls`, `${call}\n`);
  const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";
  return {
    plansOnly: false,
    previews: true,
    check: async ({ news }) =>
      news.description === "refused"
        ? { inputs: news, failures: [{ property: "description", reason: "is refused" }] }
        : { inputs: news, failures: [] },
    diff: async () => ({ changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false }),
    create: async ({ urn, inputs, preview }) => {
      if (preview) return { id: "", outputs: inputs };
      note(`create ${nameOf(urn)} in ${region}`);
      const id = `${nameOf(urn)}-${region}`;
      save({ ...things(), [id]: { region, inputs } });
      if (inputs.description === "forgetful") return { id: "", outputs: inputs };
      return { id, outputs: { ...inputs, arn: `arn:${packageName}:${region}:${id}` } };
    },
    update: async ({ urn, id, oldOutputs, newInputs, preview }) => {
      const outputs = { ...oldOutputs, ...newInputs };
      if (preview) return { outputs };
      note(`update ${nameOf(urn)} in ${region}`);
      save({ ...things(), [id]: { region, inputs: newInputs } });
      return { outputs };
    },
    read: async ({ id, inputs, outputs }) => {
      const thing = things()[id];
      if (thing === undefined) return undefined;
      return {
        id,
        inputs: { ...inputs, ...thing.inputs },
        outputs: { ...outputs, ...thing.inputs },
        initErrors: [],
      };
    },
    delete: async ({ urn, id }) => {
      note(`delete ${nameOf(urn)} in ${region}`);
      const { [id]: _, ...others } = things();
      save(others);
    },
  };
};
