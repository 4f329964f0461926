/**
 * Ids of resources whose creation got no answer, so that nobody knows whether there is an object.
 *
 * The resource is kept in the state as unfinished, together with what was asked for. That is what proves, in the
 * next run, that an object which equals it is ours, even if the program has changed since. A refresh gives the
 * resource the object's own id; until then the outputs hold it.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step.go ("There is a chance that the ID has changed")
 */
const prefix = "unconfirmed:";

export const unconfirmedId = (key: string): string => `${prefix}${key}`;

/** The key of an unconfirmed id; undefined for an object's own id. */
export const unconfirmedKey = (id: string): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
