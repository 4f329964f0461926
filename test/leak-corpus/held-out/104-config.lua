local genesys = {
  id = "{{id}}",
  secret = "{{secret}}",
  host = "login.mypurecloud.com",
}
return genesys
