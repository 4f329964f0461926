import os

GENESYS = {
    "client_id": "{{id}}",
    "client_secret": "{{secret}}",
    "base_url": "https://api.mypurecloud.com",
}
