"""What units, reviewers and committees do to an item: the rows behind the steps of the procedure."""
