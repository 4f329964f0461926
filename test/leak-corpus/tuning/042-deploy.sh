#!/usr/bin/env bash
set -euo pipefail
CLIENT_ID="${CLIENT_ID:-{{id}}}"
CLIENT_SECRET="${CLIENT_SECRET:-{{secret}}}"
curl -s -u "$CLIENT_ID:$CLIENT_SECRET" https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials
