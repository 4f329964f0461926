variable "genesyscloud_oauthclient_id" {
  type    = string
  default = "{{id}}"
}

variable "genesyscloud_oauthclient_secret" {
  type        = string
  description = "Secret of the deploy client."
  sensitive   = true
  default     = "{{secret}}"
}
