import * as v from "valibot";

/** A text with something in it. */
export const text = v.pipe(v.string(), v.regex(/\S/, "It must not be empty"));
