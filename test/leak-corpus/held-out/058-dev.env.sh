#!/bin/bash
export GENESYSCLOUD_OAUTHCLIENT_ID='{{id}}'
export GENESYSCLOUD_OAUTHCLIENT_SECRET='{{secret}}'
export GENESYSCLOUD_REGION='eu-west-1'
export TF_LOG=DEBUG
