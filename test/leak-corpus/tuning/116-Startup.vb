Private Const ClientId As String = "{{id}}"
Private Const ClientSecret As String = "{{secret}}"
