ORGS = {
    "emea": {
        "region": "mypurecloud.ie",
        "client_id": "{{id}}",
        "client_secret": "{{secret}}",
    },
    "apac": {
        "region": "mypurecloud.com.au",
        "client_id": "{{id2}}",
        "client_secret": "{{secret2}}",
    },
}
