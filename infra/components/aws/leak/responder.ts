import * as pulumi from "@pulumi/pulumi";
import { leakCatalog } from "../../../../functions/catalog.ts";
import type { LeakConfig } from "../../../config/leak-schema.ts";
import { definitionOf, type GuardFunctionName, isAwaited } from "../../../function-catalogs.ts";
import type { AwsPlace } from "../../../names.ts";
import { DeadLetters } from "../dead-letters.ts";
import type { Foundation } from "../foundation.ts";
import { functionMaker } from "../function-maker.ts";
import { FunctionQueue, type FunctionQueueArgs } from "../function-queue.ts";
import type { GuardFunction } from "../guard-function.ts";
import { RecurringCall } from "../recurring-call.ts";
import type { Rotator } from "../rotator.ts";
import type { HandedSecrets } from "./handed-secrets.ts";
import { LeakTable } from "./leak-table.ts";
import type { WebhookSecret } from "./webhook-secret.ts";

export interface ResponderArgs {
  foundation: Foundation;
  rotator: Rotator;
  leak: LeakConfig;
  webhookSecret: WebhookSecret;
  handed: HandedSecrets;
  /** Every secret that holds a client's credential: a leaked one is replaced, whoever makes its clients. */
  credentialArns: readonly pulumi.Input<string>[];
  /** The texts of `declarations.json` and `leak.json`. */
  declarations: pulumi.Input<string>;
  leakDeclarations: pulumi.Input<string>;
  logRetentionDays: number;
  protect: boolean;
}

/** After so many receives a message goes to the dead letters. */
const maxReceives = 8;

type Make = ReturnType<typeof functionMaker>;

/** The functions that answer a leak, their queues and their memory. */
export class Responder extends pulumi.ComponentResource {
  readonly receive: GuardFunction;
  /** Alerts to be worked on. */
  readonly leaks: FunctionQueue;
  readonly #deadLetters: DeadLetters;
  readonly #place: AwsPlace;
  readonly #make: Make;
  readonly #declarations: pulumi.Input<string>;

  constructor(name: string, args: ResponderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Responder", name, {}, opts);
    this.#place = args.foundation.place;
    this.#declarations = args.declarations;
    this.#deadLetters = this.#deadLetterQueues();
    const table = new LeakTable("leaks", { protect: args.protect }, { parent: this });
    // It is called for as many messages as it may run for, so none is turned away; and a leak cannot wait.
    const visibilitySeconds = definitionOf("revoke").timeoutSeconds + 30;
    this.leaks = this.#queue("leaks", "revoke", { visibilitySeconds });
    const reports = this.#queue("reports", "report");
    this.#make = this.#maker(args, table, reports);
    this.receive = this.#function("receive", args.leakDeclarations);
    const revoke = this.#function("revoke", args.leakDeclarations);
    const report = this.#function("report", args.leakDeclarations);
    // One alert at a time: none waits for another one's.
    this.leaks.feed("leaks", { functionArn: revoke.arn, batchSize: 1 });
    reports.feed("reports", { functionArn: report.arn, batchSize: 5 });
    this.registerOutputs({});
  }

  /** Has what was never delivered looked for; `leakDeclarations` then names the webhook. */
  sweep(leakDeclarations: pulumi.Input<string>): void {
    const { arn } = this.#function("sweep", leakDeclarations);
    new RecurringCall(
      "sweep",
      {
        place: this.#place,
        calls: "sweep",
        functionArn: arn,
        rate: "5 minutes",
        patienceSeconds: 300,
        deadLetterArn: this.#deadLetters.arnOf("sweep"),
      },
      { parent: this },
    );
  }

  #function(name: GuardFunctionName, leakDeclarations: pulumi.Input<string>): GuardFunction {
    return this.#make(name, { "declarations.json": this.#declarations, "leak.json": leakDeclarations });
  }

  #deadLetterQueues(): DeadLetters {
    const functions = leakCatalog.map(({ name }) => name).filter((name) => !isAwaited(name));
    return new DeadLetters("leak-dead-letters", { place: this.#place, functions }, { parent: this });
  }

  #queue(
    name: string,
    feeds: GuardFunctionName,
    further: Pick<FunctionQueueArgs, "visibilitySeconds"> = {},
  ): FunctionQueue {
    const deadLetterArn = this.#deadLetters.arnOf(feeds);
    return new FunctionQueue(
      name,
      { place: this.#place, feeds, deadLetterArn, maxReceives, isBusy: true, ...further },
      { parent: this },
    );
  }

  #maker(args: ResponderArgs, table: LeakTable, reports: FunctionQueue): Make {
    const { foundation, rotator, leak, webhookSecret, handed } = args;
    const { githubApp, slack, siem } = handed.arns;
    return functionMaker(
      {
        definitions: leakCatalog,
        place: foundation.place,
        egress: foundation.egress,
        logRetentionDays: args.logRetentionDays,
        variables: {
          ...rotator.variables,
          LEAK_TABLE: table.tableName,
          LEAK_QUEUE_URL: this.leaks.url,
          REPORT_QUEUE_URL: reports.url,
          WEBHOOK_SECRET_ARN: webhookSecret.secretArn,
          GITHUB_APP_SECRET_ARN: githubApp,
          SLACK_SECRET_ARN: slack,
          SIEM_SECRET_ARN: siem,
          SIEM_URL: leak.siem.url,
          SIEM_KIND: leak.siem.kind,
          ...(leak.githubApiUrl !== undefined && { GITHUB_API_URL: leak.githubApiUrl }),
        },
        arns: {
          ...rotator.arns,
          rotatedSecrets: args.credentialArns,
          leakTable: [table.tableArn],
          leakQueue: [this.leaks.arn],
          reportQueue: [reports.arn],
          webhookSecret: [webhookSecret.secretArn],
          githubAppSecret: [githubApp],
          slackSecret: [slack],
          siemSecret: [siem],
        },
        queues: { revoke: this.leaks, report: reports },
        deadLetters: this.#deadLetters,
      },
      this,
    );
  }
}
