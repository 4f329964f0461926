import { NotFoundError, TooLargeError } from "../../apis/github/errors.ts";
import type { AlertLocation, GithubLeakApi, LeakCommit } from "../../apis/github/leak-api.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { AlertId } from "../../core/leak/alert-case.ts";
import type { Candidate } from "../../core/leak/candidate.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import { extract } from "../../core/leak/extraction.ts";
import { patternOf } from "../../core/leak/receipt.ts";

/** What GitHub tells of an alert. */
export interface Findings {
  url: string;
  /** Milliseconds since 1970. */
  alertedAt: number;
  /** Undefined for an alert of somebody else's pattern. */
  patternId?: string;
  /** The client secret itself. */
  secret: string;
  fingerprint: string;
  /** Likeliest first. */
  candidates: readonly Candidate[];
  /** Not everything around the secret could be read. */
  isPartial: boolean;
  path?: string;
  commit?: LeakCommit;
  /** What has not been looked at yet. */
  elsewhere: { hasMoreLocations: boolean; blobSha?: string };
}

/** Source files are smaller; what is larger is data, or no text. */
const mostBytes = 4 * 1024 * 1024;

/** Undefined for what is gone or too large. */
const blobOf = async (
  github: GithubLeakApi,
  repository: string,
  sha: string,
): Promise<Uint8Array | undefined> => {
  try {
    return await github.blob(repository, sha, mostBytes);
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof TooLargeError) return undefined;
    throw error;
  }
};

const commitOf = async (
  github: GithubLeakApi,
  repository: string,
  sha: string,
): Promise<LeakCommit | undefined> => {
  try {
    return await github.commit(repository, sha);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
};

/** Undefined where GitHub has no such alert, or shows us none. */
export const readAlert = async (
  github: GithubLeakApi,
  { repository, number }: AlertId,
  { patterns }: Pick<LeakDeclarations, "patterns">,
): Promise<Findings | undefined> => {
  let alert: Awaited<ReturnType<GithubLeakApi["alert"]>>;
  try {
    alert = await github.alert(repository, number);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  const place = alert.firstLocation?.commit;
  const [bytes, commit] =
    place === undefined
      ? []
      : await Promise.all([
          blobOf(github, repository, place.blobSha),
          commitOf(github, repository, place.commitSha),
        ]);
  const found = extract({ alertSecret: alert.secret.reveal(), ...(bytes && place ? { bytes, place } : {}) });
  const patternId = patternOf(alert, patterns)?.id;
  return {
    url: alert.url,
    alertedAt: alert.createdAt,
    ...(patternId === undefined ? {} : { patternId }),
    secret: found.secret,
    fingerprint: fingerprint(found.secret),
    candidates: found.candidates,
    isPartial: found.isPartial || bytes === undefined,
    ...(place === undefined ? {} : { path: place.path }),
    ...(commit === undefined ? {} : { commit }),
    elsewhere: {
      hasMoreLocations: alert.hasMoreLocations,
      ...(place === undefined ? {} : { blobSha: place.blobSha }),
    },
  };
};

/** Further files that are read for one alert. */
const mostFiles = 12;

const isOther = (of: Findings) => (sha: string) => sha !== of.elsewhere.blobSha;

const otherLocations = async (
  github: GithubLeakApi,
  { repository, number }: AlertId,
): Promise<readonly AlertLocation[]> => {
  try {
    return await github.locations(repository, number);
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
};

/**
 * Client ids in the other places where the secret was found, and in the other files of its commit, for a secret that
 * has none beside it.
 */
export const lookElsewhere = async (
  github: GithubLeakApi,
  alert: AlertId,
  of: Findings,
): Promise<{ candidates: readonly Candidate[]; isPartial: boolean }> => {
  const locations = of.elsewhere.hasMoreLocations ? await otherLocations(github, alert) : [];
  const places = locations.flatMap(({ commit }) => commit ?? []);
  const shas = [
    ...places.map(({ blobSha }) => blobSha),
    ...(of.commit?.files ?? []).map(({ blobSha }) => blobSha),
  ];
  const unread = [...new Set(shas)].filter(isOther(of));
  const read = await Promise.all(
    unread.slice(0, mostFiles).map(async (sha) => {
      const bytes = await blobOf(github, alert.repository, sha);
      if (bytes === undefined) return { candidates: [], isPartial: true };
      const place = places.find(({ blobSha }) => blobSha === sha);
      return extract({ alertSecret: of.secret, bytes, ...(place === undefined ? {} : { place }) });
    }),
  );
  const candidates = new Map<string, Candidate>();
  for (const each of read.flatMap((found) => found.candidates))
    if (!candidates.has(each.clientId)) candidates.set(each.clientId, each);
  return {
    candidates: [...candidates.values()],
    isPartial: unread.length > mostFiles || read.some(({ isPartial }) => isPartial),
  };
};
