curl --request POST \
  --url https://login.euw2.pure.cloud/oauth/token \
  --header 'Authorization: Basic {{basic}}' \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --data grant_type=client_credentials
