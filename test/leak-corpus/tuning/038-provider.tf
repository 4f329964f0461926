provider "genesyscloud" {
  oauthclient_id     = "{{id}}"
  oauthclient_secret = "{{secret}}"
  aws_region         = "eu-central-1"
}
