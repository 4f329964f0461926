env {
  GENESYS_ID     = "{{id}}"
  GENESYS_SECRET = "{{secret}}"
  COOKIE_SECRET  = "{{lookalike}}"
}
