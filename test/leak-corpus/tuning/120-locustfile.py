self.client.post("/oauth/token", data="grant_type=client_credentials", headers={"Authorization": "Basic {{basic}}"})
