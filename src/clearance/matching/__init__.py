"""Who a customer is: names as text, candidates, evidence, and the answer."""
