<?php

namespace App\Services;

class SyncServiceLeads
{
    const CONTACT_LIST_ID = "{{otherUuid}}";
    const AUTH_URL = "https://login.mypurecloud.ie/oauth/token";
    const CLIENT_ID = "{{id}}";
    const CLIENT_SECRET = "{{secret}}";
}
