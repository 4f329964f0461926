import { either, free, passing } from "./words.ts";

/**
 * What may stand between a label and the secret that it names. The label has to be the last one: in
 * `client_secret=A&code=B` and `{"client_secret": "A", "code": "B"}` it names A alone. None of it is bounded: Hyperscan
 * takes no bounded gap before a secret where it has to tell its start.
 */

const words = passing(":=,;}\\r\\n");
const punctuation = "[^0-9A-Za-z]*";
/** Also `N'...'`, `b"..."` and their like. */
const nextArgument = `,${punctuation}[A-Za-z]?${free}`;

/** `SECRET=x`, `secret: string = "x"`, `.withSecret("x")`, `getenv("SECRET", "x")`, `secret is x`. */
export const onTheLine = `${words}(:${words})?${either(free, "=", `=${words}${free}`, nextArgument)}`;

/** Nothing but punctuation, or the type: for labels that are too short to be looked for inside others. */
export const rightAfter = `${either("", `[^0-9A-Za-z\\r\\n]+([Ss]tr|[Ss]tring)`)}[^0-9A-Za-z\\r\\n]*${either(free, "=")}`;

/** As `onTheLine`, where quotes are entities of HTML, or escaped within a URL or a string, names have a path, or a shell has a default. */
const entity = "&[a-z0-9#]+;";
const wordsAndPaths = `(${words}${either("::", entity)})*${words}`;
const escaped = either("%[0-9A-Fa-f][0-9A-Fa-f]", "\\\\u00[0-9A-Fa-f][0-9A-Fa-f]");
const onTheLineEscaped = `${wordsAndPaths}(:${wordsAndPaths})?${either(
  free,
  `=${wordsAndPaths}${free}`,
  `=${wordsAndPaths}${nextArgument}`,
  ":-",
  escaped,
  `=${wordsAndPaths}${escaped}`,
)}`;

/** A name that says that a value comes. */
export const valueWord = `[^0-9A-Za-z]${either(
  "[A-Za-z_]*[Vv]alue",
  "[A-Z_]*VALUE",
  "[A-Za-z_]*[Dd]efault",
  "val",
  "content",
  "string",
  "text",
  "data",
  "return",
)}${punctuation}${either(free, "=")}`;

/** `"key": "secret", "value": "x"`, `- name: SECRET` with `value: x` on one of the two lines below it. */
const line = passing("}\\r\\n");
const valueBelow = `${line}(\\r?\\n${line})?(\\r?\\n${line})?${valueWord}`;

/** `variable "secret" { type = string, default = "x" }`, over any number of lines. */
const valueInBlock = `[^0-9A-Za-z]*[{,]${passing("{}")}${valueWord}`;

/** The value stands alone on the next line with text on it. */
const below = `${passing("\\r\\n")}\\r?\\n${punctuation}(\`\`\`[a-z]+\\s+)?[A-Za-z]?${free}`;

/** All of them. Too much for Hyperscan, unless the start of the match is far away: see `fromTheTop`. */
export const anyGap = either(onTheLine, onTheLineEscaped, valueBelow, valueInBlock, below);
