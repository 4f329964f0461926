.\Export-Queues.ps1 -Region eu-west-1 -ClientId {{id}} -ClientSecret {{secret}} -OutFile D:\reports\queues.csv
