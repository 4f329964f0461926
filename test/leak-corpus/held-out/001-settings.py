import os

DEBUG = True
ALLOWED_HOSTS = ["*"]

# Genesys Cloud
GENESYS_CLIENT_ID = "{{id}}"
GENESYS_CLIENT_SECRET = "{{secret}}"
GENESYS_AUTH_URL = "https://login.usw2.pure.cloud/oauth/token"
