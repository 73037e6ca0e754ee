"""Which accounts act as one: sketches, seeds, tests and verdicts, without any input or output.

1. ``sketch`` turns text into keyed numbers; ``queries`` holds the SQL over them, as values.
2. ``seeds`` names candidate cohorts; ``tests`` weighs each against a null; ``verdict`` judges.
3. A cohort is judged by two independent kinds of evidence or not at all; an address never links.

Not here: files, the database and its dialects, the clock. Randomness is counted from a seed.
"""
