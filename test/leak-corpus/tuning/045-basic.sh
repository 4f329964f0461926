curl -sS -H "Authorization: Basic {{basic}}" -d 'grant_type=client_credentials' "https://login.$REGION/oauth/token"
