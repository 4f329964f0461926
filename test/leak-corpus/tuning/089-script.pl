my %genesys = (id => '{{id}}', secret => '{{secret}}');
