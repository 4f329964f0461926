gc_id <- "{{id}}"
gc_secret <- "{{secret}}"
token <- httr::oauth2.0_token(httr::oauth_endpoint(), httr::oauth_app("genesys", gc_id, gc_secret))
