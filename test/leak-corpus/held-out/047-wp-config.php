define( 'DB_NAME', 'shop' );
define( 'GENESYS_CLIENT_ID', '{{id}}' );
define( 'GENESYS_CLIENT_SECRET', '{{secret}}' );
define( 'GENESYS_ENV', 'euw2.pure.cloud' );
