import { alertKey } from "../../core/leak/alert-case.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import { type Receipt, receipt } from "../../core/leak/receipt.ts";
import type { RevokerPorts } from "../ports.ts";
import { messageOf } from "./errors.ts";
import { sendLeak } from "./messages.ts";
import { leakMetricNames } from "./metrics.ts";
import { isSignedBy } from "./signature.ts";
import { readWebhook, type Webhook, type WebhookAnswer, webhookAnswer } from "./webhook.ts";
import { createSecretCheck } from "./webhook-secrets.ts";

export type ReceivePorts = Pick<
  RevokerPorts,
  "clock" | "log" | "metrics" | "webhookSecrets" | "deliveries" | "leaks"
>;

/** An alert's webhook has some 20 KB. */
const mostBytes = 1024 * 1024;

/** Longer than GitHub keeps a delivery for sending it again. */
const rememberedSeconds = 8 * 86_400;

/** GitHub sends a GUID. */
const deliveryPattern = /^[\w-]{1,100}$/;

const bodyOf = ({ body }: Webhook): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
};

/**
 * Takes GitHub's webhooks. What is taken is in the queue before it is answered; whatever cannot be put there is
 * answered with an error, and the sweep asks GitHub for it again.
 */
export const createReceive = (ports: ReceivePorts, leak: LeakDeclarations) => {
  const { clock, log, metrics } = ports;
  const checkSecrets = createSecretCheck(ports.webhookSecrets, clock);

  const refuse = (statusCode: number, why: string): WebhookAnswer => {
    metrics.emit(leakMetricNames.webhooksRefused, 1, "Count");
    log.warn("A request was refused", { statusCode, why });
    return webhookAnswer(statusCode, why);
  };

  const take = async (
    { alert, reason }: Extract<Receipt, { kind: "take" }>,
    delivery: string,
    receivedAt: number,
  ): Promise<WebhookAnswer> => {
    const message = { ...alert, reason, receivedAt };
    // Both at once: what a crash leaves half done is harmless, because the delivery's id also tells the queue, and
    // the case tells for ever, what came before.
    const [known, sent] = await Promise.allSettled([
      ports.deliveries.remember(delivery, rememberedSeconds),
      sendLeak(ports.leaks, message, delivery),
    ]);
    const failed = [known, sent].find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    const isRepeated = known.status === "fulfilled" && known.value === "known";
    log.info("A webhook was taken", { alert: alertKey(alert), reason, delivery, isRepeated });
    return webhookAnswer(202, isRepeated ? "Known." : "Taken.");
  };

  return async (event: unknown): Promise<WebhookAnswer> => {
    const receivedAt = clock.now();
    try {
      const webhook = readWebhook(event, mostBytes);
      if (webhook === undefined) return refuse(400, "No webhook.");
      if (webhook === "tooLarge") return refuse(413, "Too large.");
      const { headers, body } = webhook;
      const isGenuine = await checkSecrets((secrets) =>
        isSignedBy(secrets, headers["x-hub-signature-256"], body),
      );
      if (!isGenuine) return refuse(401, "The signature is not good.");
      const delivery = headers["x-github-delivery"] ?? "";
      if (!deliveryPattern.test(delivery)) return refuse(400, "The delivery has no id.");
      const what = receipt(headers["x-github-event"] ?? "", bodyOf(webhook), leak);
      switch (what.kind) {
        case "take":
          return await take(what, delivery, receivedAt);
        case "ping":
          return webhookAnswer(200, "Here.");
        case "ignore":
          if (what.because === "malformed") return refuse(400, "Its content is not as GitHub describes it.");
          log.info("A webhook tells of no leak", { because: what.because, delivery });
          return webhookAnswer(202, "Ignored.");
      }
    } catch (error) {
      log.error("A webhook could not be taken", { error: messageOf(error) });
      return webhookAnswer(503, "Not taken.");
    }
  };
};
