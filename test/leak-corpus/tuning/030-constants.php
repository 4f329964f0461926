<?php
define('PURECLOUD_CLIENT_ID', '{{id}}');
define('PURECLOUD_CLIENT_SECRET', '{{secret}}');
