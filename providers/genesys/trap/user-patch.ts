import type { UpdateUser, User } from "../../../apis/genesys/api.ts";

/** What a PATCH makes of a user. */
export interface WantedUser {
  name: string;
  department?: string | undefined;
  title?: string | undefined;
  state: "active" | "inactive";
}

const attributes = ["name", "department", "title"] as const;

/** The attributes in which the user is not what is wanted, its state aside. An empty text is an absent one. */
export const differingAttributes = (user: User, wanted: WantedUser): (typeof attributes)[number][] =>
  attributes.filter((each) => (user[each] ?? "") !== (wanted[each] ?? ""));

/**
 * The next PATCH on the way to the wanted user, or undefined when it is there. State goes alone: "if specified, it
 * is the only modifiable field", and it is also what restores a deleted user, so that comes before all else.
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/update_user.py
 */
export const nextPatch = (user: User, wanted: WantedUser): Omit<UpdateUser, "version"> | undefined => {
  if (user.state === "deleted") return { state: wanted.state };
  const differing = differingAttributes(user, wanted);
  if (differing.length > 0) return Object.fromEntries(differing.map((each) => [each, wanted[each] ?? ""]));
  return user.state === wanted.state ? undefined : { state: wanted.state };
};

/**
 * What makes a user more than bait, as far as the platform's answer shows it: roles beyond the one that everybody
 * has, a team, a telephone.
 */
export const entanglements = (user: User): string[] => {
  const roles = (user.authorization?.roles ?? []).map(({ name }) => name ?? "");
  const numbers = [...(user.addresses ?? []), ...(user.primaryContactInfo ?? [])].filter(
    ({ mediaType, address }) => (mediaType === "PHONE" || mediaType === "SMS") && Boolean(address),
  );
  return [
    ...roles.filter((name) => name.toLowerCase() !== "employee").map((name) => `the role ${name}`),
    ...(user.team === undefined ? [] : [`the team ${user.team.name}`]),
    ...(numbers.length === 0 ? [] : ["a telephone number"]),
  ];
};
