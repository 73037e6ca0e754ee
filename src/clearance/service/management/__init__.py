"""The management API: customers, accounts, facts, policies, keys and webhooks over HTTP."""
