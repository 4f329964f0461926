archy publish --file flow.yaml --clientId {{id}} --clientSecret {{secret}} --location mypurecloud.com
