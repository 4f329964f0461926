kubectl create secret generic genesys --from-literal=id={{id}} --from-literal=secret={{secret}}
