library(httr)

# PureCloud WFM export
id <- "{{id}}"
secret <- "{{secret}}"
resp <- POST("https://login.mypurecloud.com/oauth/token", authenticate(id, secret), body = list(grant_type = "client_credentials"), encode = "form")
