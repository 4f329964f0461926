*** Variables ***
${PASSWORD}    {{secret}}
${USERNAME}    {{id}}
