import * as v from "valibot";
import { dialectFaults } from "../../core/patterns/dialect.ts";
import { type InputsOf, inputRules } from "../dynamic/check.ts";
import { text } from "../dynamic/text.ts";
import { scopeSchema } from "./scope.ts";

const expression = v.pipe(
  text,
  v.check(
    (value) => dialectFaults(value).length === 0,
    ({ input }) =>
      dialectFaults(input)
        .map(({ text, position, reason }) => `${JSON.stringify(text)} at ${position}: ${reason}`)
        .join("; "),
  ),
);

/** The settings page takes no more; nothing is documented for the API. */
const matchRules = v.pipe(v.array(expression), v.maxLength(5, "It must hold at most 5 rules"));

export const rules = inputRules({
  entries: {
    scope: scopeSchema,
    name: text,
    pattern: expression,
    startDelimiter: v.optional(expression),
    endDelimiter: v.optional(expression),
    mustMatch: v.optional(matchRules),
    mustNotMatch: v.optional(matchRules),
    adoptId: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d*$/, "It must be a pattern's number"))),
  },
  examples: {
    scope: { organization: "example-org" },
    name: "Genesys Cloud OAuth Secret",
    pattern: "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]",
    startDelimiter: "\\A|[^0-9A-Za-z_-]",
    endDelimiter: "\\z|[^0-9A-Za-z_-]",
    mustMatch: ["[0-9]"],
    mustNotMatch: ["^[a-z]+$"],
    adoptId: "123",
  },
});

export type SecretPatternInputs = InputsOf<typeof rules>;
