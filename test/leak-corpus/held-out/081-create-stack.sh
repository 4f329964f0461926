aws cloudformation create-stack --stack-name presence-updater \
  --template-body file://template.yaml \
  --parameters ParameterKey=GenesysClientId,ParameterValue={{id}} \
      ParameterKey=GenesysClientSecret,ParameterValue={{secret}} \
  --capabilities CAPABILITY_IAM
