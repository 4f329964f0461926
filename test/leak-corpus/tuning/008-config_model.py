from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    purecloud_client_id: str = "{{id}}"
    purecloud_client_secret: SecretStr = SecretStr("{{secret}}")
