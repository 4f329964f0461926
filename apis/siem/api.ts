/** One event of the Open Cybersecurity Schema Framework, 1.x. https://schema.ocsf.io */
export type OcsfEvent = Readonly<Record<string, unknown>> & {
  class_uid: number;
  /** Milliseconds since 1970. */
  time: number;
  metadata: Readonly<Record<string, unknown>> & { uid: string };
};

export interface SiemApi {
  /** Hands the events over; `metadata.uid` tells repeated ones apart. Throws one of the errors of `errors.ts`. */
  send(events: readonly OcsfEvent[]): Promise<void>;
}
