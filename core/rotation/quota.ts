/** What is known of the organisation's limit. */
export interface QuotaInputs {
  /** Clients that the organisation has, as far as the list shows them. */
  count: number;
  /** How many it may have; undefined where the platform does not say. */
  limit: number | undefined;
  /** Clients that are kept free. */
  reserve: number;
  /** An emergency is what the reserve is for. */
  isEmergency: boolean;
}

export type QuotaVerdict =
  | { kind: "room"; headroom: number | undefined }
  | { kind: "full"; headroom: number };

/** Whether one more client may be made. Headroom is what the platform would still make, reserve included. */
export const judgeQuota = ({ count, limit, reserve, isEmergency }: QuotaInputs): QuotaVerdict => {
  if (limit === undefined) return { kind: "room", headroom: undefined };
  const headroom = limit - count;
  return headroom < 1 + (isEmergency ? 0 : reserve) ? { kind: "full", headroom } : { kind: "room", headroom };
};
