import type { StepOperation } from "../model/events.ts";
import { urnName, urnType } from "../wire/urn.ts";
import type { Hue } from "./paint.ts";

interface Words {
  /** Two characters. */
  prefix: string;
  hue: Hue;
  /** In the preview's summary: `3 to ...`. */
  plan: string;
  /** In the line of a finished step. */
  done: string;
  /** In the summary: `3 ...`. */
  past: string;
  /** In the line of a failed step. */
  failed: string;
}

const words = (
  prefix: string,
  hue: Hue,
  plan: string,
  done: string,
  past: string,
  failed: string,
): Words => ({
  prefix,
  hue,
  plan,
  done,
  past,
  failed,
});

/**
 * Pulumi's own words, in the order of Pulumi's summary.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step.go (`RawPrefix`, `Color`, `PastTense`)
 */
export const vocabulary: Readonly<Record<StepOperation, Words>> = {
  same: words("  ", "plain", "same", "", "unchanged", "failed"),
  create: words("+ ", "create", "create", "created", "created", "creating failed"),
  update: words("~ ", "update", "update", "updated", "updated", "updating failed"),
  delete: words("- ", "delete", "delete", "deleted", "deleted", "deleting failed"),
  replace: words("+-", "replace", "replace", "replaced", "replaced", "replacing failed"),
  "create-replacement": words(
    "++",
    "createReplacement",
    "create-replacement",
    "created replacement",
    "created replacement",
    "creating failed",
  ),
  "delete-replaced": words(
    "--",
    "deleteReplaced",
    "delete-replaced",
    "deleted original",
    "deleted",
    "deleting failed",
  ),
  read: words("> ", "read", "read", "read", "read", "reading failed"),
  refresh: words("~ ", "update", "refresh", "refreshed", "refreshed", "refreshing failed"),
};

export const operations = Object.keys(vocabulary) as StepOperation[];

/**
 * `aws:s3:Bucket` for `aws:s3/bucket:Bucket`: the module's last part, where it only repeats the name, is left out.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/tokens/tokens.go (`Type.DisplayName`)
 */
export const displayType = (type: string): string => {
  const [, module, file, name] = /^(.*)\/([^:/]*):([^:]+)$/.exec(type) ?? [];
  const repeats = name !== undefined && file === name.charAt(0).toLowerCase() + name.slice(1);
  return repeats ? `${module}:${name}` : type;
};

export const displayResource = (urn: string): { type: string; name: string } => ({
  type: displayType(urnType(urn)),
  name: urnName(urn),
});
