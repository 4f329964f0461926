/**
 * What Genesys Cloud may or may not do: nobody has documented these, or only announced them. Every capability is
 * read from the configuration, both positions are written and tested, and each default is the one that is safe if
 * the platform turns out otherwise.
 */
export interface Capabilities {
  /**
   * Can a client have two secrets at once? The vendor's SDK 262 knows one, which `POST /oauth/clients/{id}/secret`
   * overwrites. Default false.
   */
  dualSecrets: boolean;
  /** May a tenant set a client `disabled`? The state is in the vendor's enum, its own tools do not set it. Default false. */
  tenantMayDisable: boolean;
  /**
   * Do tokens issued before `inactive` live on? The vendor's text only says that new ones stop. Default false: the
   * old client stays active until its last token has ended.
   */
  inactiveKeepsTokens: boolean;
}

export const defaultCapabilities: Readonly<Capabilities> = {
  dualSecrets: false,
  tenantMayDisable: false,
  inactiveKeepsTokens: false,
};
