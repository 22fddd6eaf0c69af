"""Counts a sample from its JSON alone: python3 count.py main > main/counts.csv"""
import collections, gzip, json, sys

def lines(table):
    return map(json.loads, gzip.open(f"{sys.argv[1]}/{table}.jsonl.gz", "rt"))

events, documents, counts = {}, {}, collections.Counter()
for event in (json.loads(line["payload"]) for line in lines("events")):
    if event["eventType"] == "Activation":
        events.setdefault(event["body"]["activationId"], event["body"])
for document in lines("activations"):
    notes = {note["key"]: note["value"] for note in document["annotations"]}
    documents[document["activationId"]] = {"name": notes.get("path", ""), "duration": document.get("duration", 0), **notes}

for id in events.keys() | documents.keys():
    event, document = events.get(id), documents.get(id, {})
    body = event or document
    counts["both" if event and document else "events" if event else "couchdb"] += 1
    called = (
        "probe" if body["name"].startswith("whisk.system/invokerHealthTest") else
        "trigger" if not body["name"] else
        "composition" if body.get("conductor") else
        "sequence" if body["kind"] == "sequence" else
        "component" if body.get("causedBy") == "sequence" else
        "single")
    init = body.get("initTime", 0)
    counts[called] += 1
    counts[called + " cold"] += init > 0 or "initTime" in document
    counts[called + " wait"] += body.get("waitTime", 0)
    counts[called + " init"] += init
    counts[called + " run"] += body["duration"] - init
for name, number in sorted(counts.items()):
    print(name, number, sep=",")
