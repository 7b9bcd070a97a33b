"""Use-cases: open a transaction, ask the core, write down what it said."""
