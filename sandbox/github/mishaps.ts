/** What can befall one attempt to deliver a webhook. */
export type Mishap =
  /** It is sent later; others may overtake it. */
  | { kind: "late"; milliseconds: number }
  /** It is sent once the next one to the same webhook has been. */
  | { kind: "overtaken" }
  /** It is sent twice, under one GUID; the second time so much later. */
  | { kind: "duplicated"; milliseconds: number }
  /** It never arrives. `recorded`: GitHub knows, and lists it among the failures. */
  | { kind: "lost"; recorded: boolean }
  /** It arrives and is worked on, but the answer does not come back: GitHub lists it among the failures. */
  | { kind: "answerLost" };

/** What a mishap is chosen by. */
export interface Sending {
  hookId: number;
  event: string;
  /** Null for events that have none. */
  action: string | null;
  guid: string;
  redelivery: boolean;
}

export type ChooseMishap = (sending: Sending) => Mishap | undefined;
