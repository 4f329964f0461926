/**
 * The request field of the allowlist per client. Announced, and not in any published API: this name is an
 * assumption, in one place, and nothing is sent under it unless a client declares `allowlistEnforcement: "client"`.
 * https://help.genesys.cloud/announcements/genesys-cloud/restrict-oauth-client-credentials-grants-to-allowed-ip-addresses/
 */
export const clientAllowlistField = "ipAllowlist";
