<?php
return [
    'genesys' => [
        'client_id' => env('GENESYS_CLIENT_ID', '{{id}}'),
        'client_secret' => env('GENESYS_CLIENT_SECRET', '{{secret}}'),
    ],
];
