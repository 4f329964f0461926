<?php
$ch = curl_init('https://login.mypurecloud.jp/oauth/token');
curl_setopt($ch, CURLOPT_USERPWD, '{{id}}' . ':' . '{{secret}}');
curl_setopt($ch, CURLOPT_POSTFIELDS, 'grant_type=client_credentials');
