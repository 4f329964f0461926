$clientId = '{{id}}'
$clientSecret = '{{secret}}'
$pair = "$($clientId):$($clientSecret)"
$encoded = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes($pair))
Invoke-RestMethod -Method Post -Uri https://login.mypurecloud.com/oauth/token -Headers @{ Authorization = "Basic $encoded" }
