/**
 * An SQS queue, standard or FIFO, typed by the AWS SDK 3.1153.
 *
 * Verified (docs of SendMessage, ReceiveMessage, ChangeMessageVisibility;
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html,
 * sqs-dead-letter-queues.html, sqs-visibility-timeout.html): a received message is invisible for the visibility
 * timeout (default 30 s, at most 12 h), then comes again; it goes to the dead-letter queue at the receive after
 * `maxReceiveCount` ones; delay at most 900 s, on a FIFO queue for the whole queue alone; in a FIFO queue the messages
 * of a group come in order, none while one is in flight, and a deduplication id is accepted once in 5 minutes; a
 * standard queue may deliver a message twice; messages older than the retention (default 4 days) are gone.
 * Assumed (2026-11-21): a standard queue delivers in the order of sending.
 * Gaps: message attributes, content-based deduplication, long polling, limits on the number in flight.
 */
import type { Message } from "@aws-sdk/client-sqs";
import { AwsError } from "../error.ts";
import { checkMessage, invalid, type SentMessage } from "./message.ts";

export type { SentMessage } from "./message.ts";

export interface QueueOptions {
  name: string;
  arn: string;
  now: () => number;
  newId: () => string;
  /** Default 30. */
  visibilityTimeoutSeconds?: number;
  /** Default 0, at most 900. */
  delaySeconds?: number;
  /** Default 345,600. */
  retentionSeconds?: number;
  /** After so many receives a message goes to the other queue. */
  redrive?: { to: Queue; maxReceiveCount: number };
}

interface Held {
  readonly messageId: string;
  readonly message: SentMessage;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number | undefined;
  receipt: string | undefined;
}

const deduplicationMilliseconds = 5 * 60 * 1000;

export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  #held: Held[] = [];
  #accepted = new Map<string, { at: number; messageId: string }>();
  readonly #options: QueueOptions;

  constructor(options: QueueOptions) {
    this.name = options.name;
    this.arn = options.arn;
    this.isFifo = options.name.endsWith(".fifo");
    this.#options = options;
  }

  /** Everything that is in the queue, in flight or not. */
  get messages(): readonly SentMessage[] {
    this.#expire();
    return this.#held.map(({ message }) => message);
  }

  send(message: SentMessage): string {
    const { now, newId, delaySeconds = 0 } = this.#options;
    checkMessage(message, this.isFifo);
    if (this.isFifo) {
      const before = this.#accepted.get(message.deduplicationId ?? "");
      if (before !== undefined && now() - before.at < deduplicationMilliseconds) return before.messageId;
    }
    const messageId = newId();
    if (this.isFifo) this.#accepted.set(message.deduplicationId ?? "", { at: now(), messageId });
    this.#held.push({
      messageId,
      message,
      sentAt: now(),
      visibleAt: now() + (message.delaySeconds ?? delaySeconds) * 1000,
      receives: 0,
      firstReceivedAt: undefined,
      receipt: undefined,
    });
    return messageId;
  }

  /** What a standard queue may do by itself: deliver a message once more, from the one that was sent last. */
  duplicate(): void {
    if (this.isFifo) throw new Error("A FIFO queue does not deliver twice by itself.");
    const last = this.#held.at(-1);
    if (last !== undefined) this.#held.push({ ...last, visibleAt: this.#options.now(), receipt: undefined });
  }

  receive(request: { maximum?: number; visibilityTimeoutSeconds?: number } = {}): Message[] {
    const { maximum = 1 } = request;
    if (maximum < 1 || maximum > 10) throw invalid("MaxNumberOfMessages must be between 1 and 10.");
    this.#expire();
    const now = this.#options.now();
    const timeout = (request.visibilityTimeoutSeconds ?? this.#options.visibilityTimeoutSeconds ?? 30) * 1000;
    // Groups of which a message is in flight when the call begins; one call may take several of a group.
    const blocked = new Set<string>();
    if (this.isFifo)
      for (const { message, visibleAt, receipt } of this.#held)
        if (receipt !== undefined && visibleAt > now) blocked.add(message.groupId ?? "");
    const received: Message[] = [];
    for (const held of [...this.#held]) {
      if (received.length === maximum) break;
      const group = held.message.groupId ?? "";
      if (this.isFifo && blocked.has(group)) continue;
      if (held.visibleAt > now) {
        if (this.isFifo) blocked.add(group);
        continue;
      }
      if (this.#redrive(held)) continue;
      held.receives += 1;
      held.firstReceivedAt ??= now;
      held.visibleAt = now + timeout;
      held.receipt = this.#options.newId();
      received.push(this.#show(held, held.receipt));
    }
    return received;
  }

  /** Does nothing where the message is gone already. */
  delete(receipt: string): void {
    this.#held = this.#held.filter((held) => held.receipt !== receipt);
  }

  changeVisibility(receipt: string, seconds: number): void {
    if (seconds < 0 || seconds > 43_200) throw invalid("VisibilityTimeout must be between 0 and 43200.");
    const held = this.#held.find((each) => each.receipt === receipt);
    if (held === undefined || held.visibleAt <= this.#options.now())
      throw new AwsError("MessageNotInflight", "The message is not in flight.");
    held.visibleAt = this.#options.now() + seconds * 1000;
  }

  /** When a message can be received next; undefined where there is none. */
  nextVisible(): number | undefined {
    this.#expire();
    let next: number | undefined;
    for (const visibleAt of this.isFifo ? this.#groupTimes() : this.#held.map((held) => held.visibleAt))
      if (next === undefined || visibleAt < next) next = visibleAt;
    return next;
  }

  /** For each group, when its first message can be received: not while another one of it is in flight. */
  #groupTimes(): Iterable<number> {
    const now = this.#options.now();
    const times = new Map<string, number>();
    for (const { message, visibleAt, receipt } of this.#held) {
      const group = message.groupId ?? "";
      const known = times.get(group);
      if (known === undefined) times.set(group, visibleAt);
      else if (receipt !== undefined && visibleAt > now) times.set(group, Math.max(known, visibleAt));
    }
    return times.values();
  }

  #expire(): void {
    const oldest = this.#options.now() - (this.#options.retentionSeconds ?? 345_600) * 1000;
    if (this.#held.some(({ sentAt }) => sentAt < oldest))
      this.#held = this.#held.filter(({ sentAt }) => sentAt >= oldest);
    for (const [id, { at }] of this.#accepted) {
      if (this.#options.now() - at < deduplicationMilliseconds) break;
      this.#accepted.delete(id);
    }
  }

  #redrive(held: Held): boolean {
    const { redrive } = this.#options;
    if (redrive === undefined || held.receives < redrive.maxReceiveCount) return false;
    this.#held = this.#held.filter((each) => each !== held);
    const { body, groupId, deduplicationId } = held.message;
    redrive.to.send({
      body,
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
    });
    return true;
  }

  #show({ messageId, message, sentAt, receives, firstReceivedAt }: Held, receipt: string): Message {
    return {
      MessageId: messageId,
      ReceiptHandle: receipt,
      Body: message.body,
      Attributes: {
        SentTimestamp: String(sentAt),
        ApproximateReceiveCount: String(receives),
        ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
        ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
        ...(message.deduplicationId === undefined ? {} : { MessageDeduplicationId: message.deduplicationId }),
      },
    };
  }
}
