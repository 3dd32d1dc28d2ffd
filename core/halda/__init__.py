"""The source side: canonical fields, intake of inquiries, sample people. Knows no Salesforce."""
