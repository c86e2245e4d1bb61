"""The hostile newsroom: sixty articles on a site that does to a crawler what real ones do, one fault or several.

Nothing here imports newscrawler, spiders, pipelines or feeds: the truth is independent of the code it judges, and any
crawler can be sent there. It stands among the tests, which hold the program to it; `benchmarks.faults` borrows it.
"""
