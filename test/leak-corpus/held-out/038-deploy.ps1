# set DEV credentials
$env:GENESYSCLOUD_OAUTHCLIENT_ID = '{{id}}'
$env:GENESYSCLOUD_OAUTHCLIENT_SECRET = '{{secret}}'
$env:GENESYSCLOUD_REGION = 'us-west-2'
terraform apply -auto-approve
