helm upgrade --install sync ./chart --set genesys.clientId={{id}} --set genesys.clientSecret={{secret}} --set image.tag=1
