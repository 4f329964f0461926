/**
 * How long an access token lives, in seconds. Clients for SCIM alone may go beyond the maximum.
 * https://github.com/MyPureCloud/platform-client-sdk-python/blob/main/build/PureCloudPlatformClientV2/models/o_auth_client.py
 * (`access_token_validity_seconds`)
 */
export const tokenLifetimeSeconds = { minimum: 300, maximum: 172_800, default: 86_400 } as const;

/** Longest time between two rotations of a client's secret, in days. */
export const maximumRotationIntervalDays = 90;
