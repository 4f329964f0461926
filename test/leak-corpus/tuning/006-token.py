import requests
from requests.auth import HTTPBasicAuth

def token():
    r = requests.post(
        "https://login.mypurecloud.de/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=("{{id}}", "{{secret}}"),
    )
    return r.json()["access_token"]
