def genesys = [id: '{{id}}', secret: '{{secret}}']
println "${genesys.id}"
