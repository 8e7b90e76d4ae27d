"""What codes mean and what to do: one source for the command, the documents and the pages of reports."""
