clientId, clientSecret :: Text
clientId = "{{id}}"
clientSecret = "{{secret}}"
