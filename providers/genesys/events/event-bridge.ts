import type { IntegrationConfiguration } from "../../../apis/genesys/api.ts";

/** https://github.com/GenesysCloudDevOps/aws-event-bridge-module */
export const eventBridgeType = "amazon-eventbridge-source";

/** What AWS knows an event source by; the platform cannot move one. */
export interface EventSource {
  awsAccountId: string;
  awsRegion: string;
  eventSourceSuffix: string;
}

/** Where the events go, and which. */
export interface Subscription extends EventSource {
  topics: string[];
}

/** Topics in one order, each once. */
export const sortedTopics = (topics: readonly string[]): string[] => [...new Set(topics)].sort();

/** What the platform has of a subscription; empty for an integration that was never configured. */
export const subscriptionOf = (config: IntegrationConfiguration): Partial<Subscription> => {
  const { awsAccountId, awsAccountRegion, eventSourceSuffix, eventFilter } = config.properties as Record<
    string,
    unknown
  >;
  return {
    ...(typeof awsAccountId === "string" ? { awsAccountId } : {}),
    ...(typeof awsAccountRegion === "string" ? { awsRegion: awsAccountRegion } : {}),
    ...(typeof eventSourceSuffix === "string" ? { eventSourceSuffix } : {}),
    ...(Array.isArray(eventFilter) ? { topics: sortedTopics(eventFilter.map(String)) } : {}),
  };
};

/** The configuration with the subscription in it; what else it holds stays. */
export const withSubscription = (
  config: IntegrationConfiguration,
  name: string,
  notes: string,
  { awsAccountId, awsRegion, eventSourceSuffix, topics }: Subscription,
): IntegrationConfiguration => ({
  ...config,
  name,
  notes: config.notes || notes,
  properties: {
    ...config.properties,
    awsAccountId,
    awsAccountRegion: awsRegion,
    eventSourceSuffix,
    eventFilter: sortedTopics(topics),
  },
});

/** Whether the configuration is for that source. */
export const isSameSource = (found: Partial<EventSource>, wanted: EventSource): boolean =>
  found.awsAccountId === wanted.awsAccountId &&
  found.awsRegion === wanted.awsRegion &&
  found.eventSourceSuffix === wanted.eventSourceSuffix;

/** The partner event source in AWS. https://help.mypurecloud.com/?p=228016 */
export const eventSourceName = (organizationId: string, suffix: string): string =>
  `aws.partner/genesys.com/cloud/${organizationId}/${suffix}`;
