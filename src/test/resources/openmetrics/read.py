"""Reads an OpenMetrics text with Python's parser and prints how many samples it has.

The parser takes the second time of a histogram's bucket for a repetition of the first and drops it, so histograms are read step by step:
what a family has at one time is a text of its own.
"""
import io
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

whole = io.StringIO()
families = {}
family = None
for line in open(sys.argv[1], encoding="utf-8"):
    words = line.split(" ")
    if words[0] == "#" and words[1] == "HELP":
        head = line
    elif words[0] == "#" and words[1] == "TYPE":
        family = None if words[3].strip() != "histogram" else families.setdefault(head + line, {})
        if family is None:
            whole.write(head + line)
    elif family is None or line == "# EOF\n":
        whole.write(line)
    else:
        family.setdefault(words[-1], []).append(line)

samples = 0
texts = [whole.getvalue()]
for head, times in families.items():
    texts += [head + "".join(lines) + "# EOF\n" for lines in times.values()]
for text in texts:
    for read in text_string_to_metric_families(text):
        samples += len(read.samples)
print(samples, "samples")
