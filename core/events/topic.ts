/**
 * Topics of the EventBridge integration, such as `v2.audits.entitytype.{id}.entityid.{id}`: the braces belong to
 * the topic and stand for every id.
 * https://github.com/GenesysCloudBlueprints/aws-eventbridge-oauth-client-delete-blueprint
 */
const name = /^[A-Za-z0-9_-]+$/;

const isSegment = (text: string): boolean => text === "{id}" || name.test(text);

/** Whether the topic subscribes to everything or to a whole area instead of to one kind of event. */
export const isWildcardTopic = (topic: string): boolean => {
  const [, area = "", ...rest] = topic.trim().split(".").filter(Boolean);
  return /[*#]/.test(topic) || !name.test(area) || rest.length === 0;
};

/** Whether the platform can know such a topic: `v2`, the name of an area, then at least one segment. */
export const isKnownTopicShape = (topic: string): boolean => {
  const [version, area = "", ...rest] = topic.split(".");
  return version === "v2" && name.test(area) && rest.length > 0 && rest.every(isSegment);
};
