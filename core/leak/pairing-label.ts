/** Words that labels of ids and secrets have whatever they are of. */
const generic = new Set(
  (
    "id ids identifier uuid guid secret secrets client clientid clientsecret oauth oauthclient auth key keys " +
    "value values val name default string str text type const let var val final static public private readonly " +
    "export set setx env arg user username password passwd pwd pass credential credentials param parameter " +
    "property add data token basic authorization header with and the is for as of in to new u s"
  ).split(" "),
);

/** Words that say that a value comes, and not of what. */
const filler = /^(value|default|string|data|text)$/;

/**
 * The words by which a value is called: what is written before it on its line, or on the line above where its own says
 * nothing. `export PROD_CLIENT_ID=` is `prod`. What stands after a comma with no word of its own has no label: the one
 * before it is another value.
 *
 * @param before text up to the value, from the value before it on
 */
export const labelOf = (before: string): ReadonlySet<string> => {
  for (const line of before.split("\n").slice(-2).reverse()) {
    const [first = "", ...others] = line.split(/[,;]/);
    for (const part of others.reverse()) {
      const words = wordsOf(part);
      if (words.length === 0) return new Set();
      if (!words.every(isFiller)) return telling(words);
    }
    const words = wordsOf(first);
    if (!words.every(isFiller)) return telling(words);
  }
  return new Set();
};

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z][a-z0-9]*/g) ?? [];

const isFiller = (word: string): boolean => filler.test(word);

const telling = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.filter((word) => !isFiller(word) && !generic.has(word)));

/** What else has an id of that form, on the platform and off it. */
const otherThings = new Set(
  (
    "org organization organisation tenant division queue flow deployment conversation group role " +
    "trace span request correlation session"
  ).split(" "),
);

/** The value is the id of something that has no secret. */
export const namesOtherThing = (label: ReadonlySet<string>): boolean =>
  [...label].some((word) => otherThings.has(word));

/** How many words one of the two has and the other has not. */
export const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((word) => !other.has(word)).length + [...other].filter((word) => !one.has(word)).length;
