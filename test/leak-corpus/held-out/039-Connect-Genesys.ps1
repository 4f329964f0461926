Import-Module .\GenesysTools.psm1

$secure = ConvertTo-SecureString '{{secret}}' -AsPlainText -Force
$cred = New-Object System.Management.Automation.PSCredential ('{{id}}', $secure)
Connect-GenesysCloud -Region 'mypurecloud.de' -Credential $cred
