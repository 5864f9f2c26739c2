"""From the YAML files of the catalog to records: schemas, inheritance, references, checks. No database."""
