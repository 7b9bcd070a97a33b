"""Who may act: one decision over the duties of policy, which denies what it does not know."""
