import { isKnownTopicShape, isWildcardTopic } from "../../../core/events/topic.ts";

test.each([
  "v2.audits.entitytype.{id}.entityid.{id}",
  "v2.users.{id}.tokens",
  "v2.users.{id}",
  "v2.system.token_revoked.{id}",
  "v2.operations.events.{id}",
  "v2.outbound.campaigns.7f1c-2",
])("%s is one kind of event", (topic) => {
  expect(isWildcardTopic(topic)).toBe(false);
  expect(isKnownTopicShape(topic)).toBe(true);
});

test.each([
  "*",
  "#",
  "v2.*",
  "v2.users.*",
  "v2.audits.#",
  "v2.audits.entitytype.{id}.*",
  "all",
  "All Events",
  "v2.users. ",
  "",
  " ",
  ".",
  "v2",
  "v2.",
  "v2.audits",
  "v2.audits.",
  "v2.{id}",
  "v2.{id}.{id}",
])("%j subscribes to everything or a whole area", (topic) => {
  expect(isWildcardTopic(topic)).toBe(true);
});

test.each(["allocations.users.{id}", "v3.users.{id}", "oauth.tokens.created", "auth.logins.x"])(
  "%s is no wildcard, but no topic either",
  (topic) => {
    expect(isWildcardTopic(topic)).toBe(false);
    expect(isKnownTopicShape(topic)).toBe(false);
  },
);

test.each([
  "v2",
  "v2.users",
  "v2..users.{id}",
  "v2.users.",
  "v2.{id}.users",
  "v2.users.{userId}",
  "v2.users.{userId}.tokens",
  " v2.users.{id}",
  "v2.us ers.{id}",
])("%j has no known shape", (topic) => {
  expect(isKnownTopicShape(topic)).toBe(false);
});
