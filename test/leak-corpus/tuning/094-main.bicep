param genesysClientId string = '{{id}}'
@secure()
param genesysClientSecret string = '{{secret}}'
