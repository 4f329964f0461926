return { id = "{{id}}", secret = "{{secret}}", host = "login.mypurecloud.com" }
