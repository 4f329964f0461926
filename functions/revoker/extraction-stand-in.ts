import type { Extraction, Place } from "../../core/leak/candidate.ts";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

export const extract = ({
  alertSecret,
  bytes,
}: {
  alertSecret: string;
  bytes?: Uint8Array;
  place?: Place;
}): Extraction => ({
  secret: alertSecret,
  candidates: [
    ...new Set(
      Buffer.from(bytes ?? new Uint8Array())
        .toString("utf8")
        .match(uuid) ?? [],
    ),
  ].map((clientId) => ({
    clientId,
    pairing: "sameFile" as const,
  })),
  isPartial: false,
});
