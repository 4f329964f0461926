    def __get_token(self):
        try:
            GENESYS_CLIENT_ID = self.secret_client['GENESYS_CLIENT_ID']
            GENESYS_SECRET = self.secret_client['GENESYS_SECRET']
            # GENESYS_CLIENT_ID = '{{id}}'
            # GENESYS_SECRET = '{{secret}}'
            return self._post(GENESYS_CLIENT_ID, GENESYS_SECRET)
        except Exception as e:
            raise e
