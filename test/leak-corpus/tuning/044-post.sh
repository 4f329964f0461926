curl --request POST 'https://login.euw2.pure.cloud/oauth/token' \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --data-urlencode 'grant_type=client_credentials' \
  --data-urlencode 'client_id={{id}}' \
  --data-urlencode 'client_secret={{secret}}'
