/**
 * How long an access token lives, in seconds. Clients for SCIM alone may go beyond the maximum.
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/o_auth_client.py
 * (`access_token_validity_seconds`)
 */
export const tokenLifetimeSeconds = { minimum: 300, maximum: 172_800, default: 86_400 } as const;

/** Longest time between two rotations of a client's secret, in days. */
export const maximumRotationIntervalDays = 90;

/**
 * Hours between two rotations of a credential. Secrets Manager rotates every four hours at most.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export const rotationIntervalHours = {
  minimum: 4,
  maximum: maximumRotationIntervalDays * 24,
  default: 7 * 24,
} as const;
