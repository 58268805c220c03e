"""What the exchange of workbooks does in the background."""
