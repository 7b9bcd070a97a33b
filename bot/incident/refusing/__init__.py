"""Saying no: every refusal as a sentence that names what stands in the way, who can, and what to do now."""
