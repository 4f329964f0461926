import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isWildcardTopic } from "../../core/events/topic.ts";
import { tokens } from "../../core/tokens.ts";
import { documentation } from "../documentation.ts";
import { isGiven, judgeElements, property, text } from "../inputs.ts";

const name = "event-topics";

const example = "v2.audits.entitytype.{id}.entityid.{id}";

/** Everything at once drowns the alarm, costs money, and sends customer data where nobody expects it. */
export const eventTopics: ResourceValidationPolicy = {
  name,
  displayName: "Event topics",
  description: "An event subscription must name the topics that are needed, and never all events.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remediationSteps: `Name each topic in full, such as ${example}, and filter by id where the events arrive.`,
  url: documentation(name),
  validateResource: (args, reportViolation) => {
    if (args.type !== tokens.eventSubscription) return;
    const title = `The event subscription "${args.name}"`;
    const topics = property(args.props, "topics");
    if (!isGiven(topics) || !Array.isArray(topics))
      return reportViolation(
        `${title} must name the topics that are needed, but topics names none. Set it to ["${example}"].`,
      );
    judgeElements(topics, (element, index) => {
      const topic = text(element);
      if (topic === undefined || isWildcardTopic(topic))
        reportViolation(
          `${title} must name one kind of event per topic, but topics[${index}] is ${topic === undefined ? "no text" : `"${topic}", which stands for many`}. Write a whole topic, such as "${example}".`,
        );
    });
  },
};
