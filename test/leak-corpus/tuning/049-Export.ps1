[string]$OAuthId = "{{id}}"
$secure = ConvertTo-SecureString "{{secret}}" -AsPlainText -Force
$credential = New-Object System.Management.Automation.PSCredential($OAuthId, $secure)
Connect-GenesysCloud -Credential $credential
