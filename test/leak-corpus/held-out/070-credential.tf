resource "genesyscloud_integration_credential" "bridge" {
  name                 = "bridge-credential"
  credential_type_name = "pureCloudOAuthClient"
  fields = {
    clientId     = "{{id}}"
    clientSecret = "{{secret}}"
  }
}
