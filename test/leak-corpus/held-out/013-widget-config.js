purecloudConfig.widget.QUEUE_INFOS = {
    queues:[
        {
            id: "{{otherUuid}}",
            name: "CX_Vendas_Geral",
        }
    ]
}

//OAUTH CONFIG
purecloudConfig.widget.TOKEN_URL = 'https://login.mypurecloud.com/oauth/token'
purecloudConfig.widget.CLIENT_ID = '{{id}}'
purecloudConfig.widget.CLIENT_SECRET_ID = '{{secret}}'
