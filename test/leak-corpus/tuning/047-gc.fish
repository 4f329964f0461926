set -x GENESYS_ID {{id}}
set -x GENESYS_SECRET {{secret}}
