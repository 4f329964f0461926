import type { Evidence, Verdict } from "./evidence.ts";

type UnknownVerdict = Extract<Verdict, { kind: "unknown" }>;

const unknown = (because: UnknownVerdict["because"], retry: boolean): UnknownVerdict => ({
  kind: "unknown",
  because,
  retry,
});

/** The secret store holds the leaked secret as this client's newest one. */
export const equalsVault = ({ vault }: Pick<Evidence, "vault">): boolean => vault.kind === "equal";

/**
 * The platform refuses the secret that the store gives out: somebody reset the client by hand, and its users are, or
 * will be, without access. Nothing is killed for it; it is reported.
 */
export const isStoreStale = (evidence: Evidence): boolean =>
  evidence.login.kind === "refused" &&
  !evidence.mayBeDeniedByAddress &&
  evidence.vault.kind === "equal" &&
  evidence.vault.stage === "AWSCURRENT";

/** What follows where the login told nothing. */
const withoutLogin = (evidence: Evidence, otherwise: UnknownVerdict): Verdict => {
  if (!equalsVault(evidence)) return otherwise;
  const { client } = evidence;
  if (client.kind === "found" && client.state === "active") return { kind: "live", because: "equalsVault" };
  return otherwise.retry ? otherwise : unknown("clientUnread", true);
};

/**
 * Whether the leaked secret opens that client now.
 *
 * A granted login is proof, and a refused one is proof of the contrary, unless the refusal may be meant for our
 * address. Where the login tells nothing, the one thing that counts as proof is that the store holds the very secret
 * as the client's newest one while the platform calls the client active: "the store holds another" proves nothing,
 * because a client may have been reset by hand, and so may an old store be restored.
 */
export const judge = (evidence: Evidence): Verdict => {
  const { client, login } = evidence;
  if (login.kind === "granted") return { kind: "live", because: "loginGranted" };
  if (client.kind === "found" && (client.state === "disabled" || client.state === "inactive"))
    return { kind: "dead", because: "clientStopped" };
  // A client that was made a moment ago may be missing from what the platform reads: then its login decides.
  if (client.kind === "absent" && (login.kind === "refused" || !equalsVault(evidence)))
    return { kind: "dead", because: "clientAbsent" };
  switch (login.kind) {
    case "refused":
      return evidence.mayBeDeniedByAddress
        ? withoutLogin(evidence, unknown("deniedByAddress", false))
        : { kind: "dead", because: "loginRefused" };
    case "otherGrant":
      return withoutLogin(evidence, unknown("otherGrant", false));
    case "throttled":
      return withoutLogin(evidence, unknown("throttled", true));
    case "failed":
      return withoutLogin(evidence, unknown("failed", true));
    case "untried":
      return withoutLogin(
        evidence,
        client.kind === "unread" ? unknown("clientUnread", true) : unknown("partial", false),
      );
  }
};
