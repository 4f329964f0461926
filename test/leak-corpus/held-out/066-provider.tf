provider "genesyscloud" {
  oauthclient_id     = "{{id}}"
  oauthclient_secret = "{{secret}}"
  aws_region         = "us-east-1"
}
