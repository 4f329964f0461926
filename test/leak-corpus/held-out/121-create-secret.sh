kubectl -n contact-center create secret generic genesys \
  --from-literal=region=mypurecloud.com \
  --from-literal=client-secret={{secret}}
