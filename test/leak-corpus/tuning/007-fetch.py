import os, base64, requests

CLIENT_ID = os.environ.get("GENESYS_CLIENT_ID", "{{id}}")
CLIENT_SECRET = os.environ.get("GENESYS_CLIENT_SECRET", "{{secret}}")
authorization = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
