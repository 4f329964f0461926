Module ScreenPop
    Private Const GenesysClientId As String = "{{id}}"
    Private Const GenesysSecret As String = "{{secret}}"

    Sub Main()
        Dim token = Configuration.Default.ApiClient.PostToken(GenesysClientId, GenesysSecret)
    End Sub
End Module
