import { readFileSync } from "node:fs";
import { isScalar, parseDocument, Scalar, visit } from "yaml";
import { GuardError } from "../model/errors.ts";

/** What a file holds. Whole numbers are bigint, so that none is rounded. */
export type YamlValue = null | boolean | bigint | number | string | YamlValue[] | YamlMap;
export interface YamlMap {
  [key: string]: YamlValue;
}

export const isYamlMap = (value: YamlValue | undefined): value is YamlMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Unquoted texts that the CLI's reader (gopkg.in/yaml.v3) takes for something else than YAML 1.2 does: they are
 * refused, because the same file must mean the same to both.
 * https://github.com/go-yaml/yaml/blob/v3/resolve.go
 */
const ambiguous: readonly [RegExp, string][] = [
  [/^[-+]?0[0-9]+$/, "a number with a leading zero is octal to the Pulumi CLI"],
  [/^[-+]?0b[01]+$|^[-+]0[xo]|^[-+]?0[XOB]/, "the Pulumi CLI reads a number, and YAML a text"],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\s]\s*[0-9].*)?$/, "an unquoted date is rewritten by the Pulumi CLI"],
];

const anyNumber = /^[-+]?(0x[0-9a-f]+|0o[0-7]+|0b[01]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?)$/i;

/** `undefined` if the file is empty. @throws GuardError `invalid-yaml`, `unreadable-file` */
export const readYaml = (path: string): YamlValue | undefined => {
  const document = parseDocument(read(path), { intAsBigInt: true, merge: true });
  const problems = [...document.errors, ...document.warnings].map((problem) => problem.message.trimEnd());
  visit(document, {
    Pair: (_, pair) => {
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      if (typeof key !== "string" && !isMergeKey(pair.key))
        problems.push(`the key ${pair.key} must be a text: quote it`);
    },
    Scalar: (_, scalar) => {
      const found = ambiguity(scalar);
      if (found !== undefined) problems.push(`${scalar.source}: ${found}; quote it`);
    },
  });
  if (problems.length > 0) {
    throw new GuardError("invalid-yaml", [`${path} cannot be read:`, ...problems].join("\n  - "));
  }
  return document.contents === null ? undefined : (document.toJS() as YamlValue);
};

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.source === "<<";

const ambiguity = (scalar: Scalar): string | undefined => {
  if (scalar.type !== Scalar.PLAIN || scalar.source === undefined) return undefined;
  const { source, value } = scalar;
  if (typeof value === "number" && !Number.isFinite(value)) return "infinity and NaN cannot be configuration";
  if (typeof value === "bigint" && (value > 2n ** 64n - 1n || value < -(2n ** 63n))) {
    return "a number of more than 64 bits is rounded by the Pulumi CLI";
  }
  if (source.includes("_") && anyNumber.test(source.replaceAll("_", ""))) {
    return "underscores within a number vanish in the Pulumi CLI";
  }
  return ambiguous.find(([pattern]) => pattern.test(source))?.[1];
};

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new GuardError("unreadable-file", `${path} cannot be read. Check that it exists and may be read.`, {
      cause,
    });
  }
};
