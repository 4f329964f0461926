variable "GENESYSCLOUD_OAUTHCLIENT_ID" {
  type    = string
  default = "{{id}}"
}

variable "GENESYSCLOUD_OAUTHCLIENT_SECRET" {
  type    = string
  default = "{{secret}}"
}
