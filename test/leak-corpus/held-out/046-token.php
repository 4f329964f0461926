<?php
$ch = curl_init('https://login.mypurecloud.com/oauth/token');
curl_setopt($ch, CURLOPT_USERPWD, '{{id}}:{{secret}}');
curl_setopt($ch, CURLOPT_POSTFIELDS, 'grant_type=client_credentials');
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
$token = json_decode(curl_exec($ch));
