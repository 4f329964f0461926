curl -X POST https://login.mypurecloud.com/oauth/token \
  -u {{id}}:{{secret}} \
  -d grant_type=client_credentials
