import base64, requests, sys

CLIENT_ID = "{{id}}"
CLIENT_SECRET = "{{secret}}"

authorization = base64.b64encode(bytes(CLIENT_ID + ":" + CLIENT_SECRET, "ISO-8859-1")).decode("ascii")
headers = {"Authorization": f"Basic {authorization}", "Content-Type": "application/x-www-form-urlencoded"}
response = requests.post("https://login.mypurecloud.de/oauth/token", data={"grant_type": "client_credentials"}, headers=headers)
if response.status_code != 200:
    sys.exit(response.status_code)
