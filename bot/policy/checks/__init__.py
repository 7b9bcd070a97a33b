"""What must hold between the parts of a policy, one module per kind of contradiction.

Every check that can names the line in the file; each passes over what is wrong already.
"""
