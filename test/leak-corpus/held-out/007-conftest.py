@pytest.fixture(scope="session")
def purecloud():
    os.environ.setdefault("PURECLOUD_CLIENT_ID", "{{id}}")
    os.environ.setdefault("PURECLOUD_CLIENT_SECRET", "{{secret}}")
    os.environ.setdefault("PURECLOUD_ENVIRONMENT", "mypurecloud.com")
    return connect()
