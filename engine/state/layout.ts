import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { GuardError } from "../model/errors.ts";
import { isYamlMap, readYaml } from "../project/yaml.ts";
import { writeDurably } from "./durable-file.ts";

/** https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go (`projectReferenceStore`) */
export interface Layout {
  meta: string;
  stacks: string;
  formerStacks: string;
  file(stack: string): string;
  tags(stack: string): string;
  history(stack: string): string;
  locks(stack: string): string;
  qualifiedName(stack: string): string;
}

export const describeLayout = (root: string, project: string): Layout => {
  const books = join(root, ".pulumi");
  return {
    meta: join(books, "meta.yaml"),
    stacks: join(books, "stacks", project),
    formerStacks: join(books, "stacks"),
    file: (stack) => join(books, "stacks", project, `${stack}.json`),
    tags: (stack) => join(books, "stacks", project, `${stack}.pulumi-tags`),
    history: (stack) => join(books, "history", project, stack),
    // A file store has no organisations; the CLI says "organization" in their place.
    locks: (stack) => join(books, "locks", "organization", project, stack),
    qualifiedName: (stack) => `organization/${project}/${stack}`,
  };
};

export const ensureLayout = async (layout: Layout, stack: string): Promise<void> => {
  await refuseForeignLayout(layout, stack);
  if (!existsSync(layout.meta)) await writeDurably(layout.meta, "version: 1\n");
};

/** @throws GuardError `unsupported-state` */
export const refuseForeignLayout = async (layout: Layout, stack?: string): Promise<void> => {
  const refuse = (what: string, remedy: string) => new GuardError("unsupported-state", `${what}. ${remedy}`);
  if (existsSync(layout.meta)) {
    const meta = readYaml(layout.meta);
    const version = isYamlMap(meta) ? meta.version : undefined;
    if (version !== 1n) {
      throw refuse(
        `${layout.meta} has version ${version}, and guard knows version 1`,
        "Run `pulumi state upgrade`.",
      );
    }
  } else if (existsSync(layout.formerStacks)) {
    const former = (await readdir(layout.formerStacks)).filter((name) => /\.json(\.gz|\.zst)?$/.test(name));
    if (former.length > 0) {
      throw refuse(
        `${layout.formerStacks} has stacks without a project (${former.join(", ")})`,
        "Run `pulumi state upgrade`.",
      );
    }
  }
  if (stack === undefined) return;
  const compressed = [".gz", ".zst"]
    .map((end) => `${layout.file(stack)}${end}`)
    .find((path) => existsSync(path));
  if (compressed !== undefined) {
    throw refuse(
      `${compressed} is compressed, which guard does not read`,
      "Unset PULUMI_DIY_BACKEND_COMPRESSION and PULUMI_DIY_BACKEND_GZIP, and let the Pulumi CLI save the stack once.",
    );
  }
};
