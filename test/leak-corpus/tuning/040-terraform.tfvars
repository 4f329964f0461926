oauth_client = "{{id}}"
oauth_secret = "{{secret}}"
