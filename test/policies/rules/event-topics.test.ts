import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import { bucket, eventSubscription } from "../resources.ts";

const audits = "v2.audits.entitytype.{id}.entityid.{id}";

describePolicy("event-topics", {
  fires: {
    "a wildcard": {
      resources: [eventSubscription({ topics: [audits, "v2.*", "all"] }, { name: "events" })],
      says: [
        `The event subscription "events" must name one kind of event per topic, but topics[1] is "v2.*", which stands for many. Write a whole topic, such as "${audits}".`,
        'topics[2] is "all"',
      ],
    },
    "no topics": {
      resources: [
        eventSubscription({}),
        eventSubscription({ topics: [] }),
        eventSubscription({ topics: "v2.*" }),
      ],
      says: Array(3).fill(
        `The event subscription "example" must name the topics that are needed, but topics names none. Set it to ["${audits}"].`,
      ),
    },
    "a topic that is no text": {
      resources: [eventSubscription({ topics: [7] })],
      says: ["topics[0] is no text. Write a whole topic"],
    },
  },
  passes: {
    "whole topics": { resources: [eventSubscription({ topics: [audits, "v2.users.{id}.tokens"] })] },
    "what is no subscription": { resources: [bucket({ topics: ["*"] })] },
  },
  unknown: {
    "topics that are not known yet": { resources: [eventSubscription({ topics: unknownValue })] },
    "one topic, after the others": {
      resources: [eventSubscription({ topics: [unknownValue, "*"] })],
      says: ['"*"'],
    },
  },
});
