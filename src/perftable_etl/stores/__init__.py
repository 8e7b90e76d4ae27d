"""Object stores: places named by address, as s3://bucket/key, for files that come in and for what goes out."""
