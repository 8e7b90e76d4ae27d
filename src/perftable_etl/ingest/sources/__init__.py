"""Where disclosures are listed and fetched from: folders, object stores, web sites, lists of addresses."""
