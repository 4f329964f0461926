/** Words that labels of ids and secrets have whatever they are of. */
const generic = new Set(
  (
    "id ids identifier uuid guid secret secrets client clientid clientsecret oauth oauthclient auth key keys " +
    "value values val name default string str text type const let var val final static public private readonly " +
    "export set setx env arg user username password passwd pwd pass credential credentials param parameter " +
    "property add data token basic authorization header with and the is for as of in to new u s"
  ).split(" "),
);

/**
 * The words by which a value is called: what is written before it on its line, or on the line above where its own says
 * nothing. `export PROD_CLIENT_ID=` is `prod`.
 *
 * @param before text up to the value, from the value before it on
 */
export const labelOf = (before: string): ReadonlySet<string> => {
  const [above = "", own = ""] = ["", ...before.split("\n")].slice(-2);
  return wordsOf(own) ?? wordsOf(above) ?? new Set();
};

/** Undefined where there is no word at all. */
const wordsOf = (line: string): ReadonlySet<string> | undefined => {
  const words = line
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z][a-z0-9]*/g);
  const telling = words?.filter((word) => !/^(value|default|string|data|text)$/.test(word)) ?? [];
  return telling.length === 0 ? undefined : new Set(telling.filter((word) => !generic.has(word)));
};

/** How many words one of the two has and the other has not. */
export const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((word) => !other.has(word)).length + [...other].filter((word) => !one.has(word)).length;
