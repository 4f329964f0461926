$clientId = "{{id}}"
$clientSecret = "{{secret}}"
$auth = [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("${clientId}:${clientSecret}"))
$response = Invoke-RestMethod -Uri "https://login.mypurecloud.com/oauth/token" -Method POST -Body @{grant_type='client_credentials'} -Headers @{"Authorization"="Basic $auth"}
