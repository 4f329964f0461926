#!/usr/bin/env bash
set -euo pipefail
TOKEN=$(curl -s -X POST "https://login.mypurecloud.com/oauth/token" \
  -u "{{id}}:{{secret}}" \
  -d "grant_type=client_credentials" | jq -r .access_token)
curl -s -H "Authorization: Bearer $TOKEN" https://api.mypurecloud.com/api/v2/organizations/me
