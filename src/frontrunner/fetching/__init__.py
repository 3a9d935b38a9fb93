"""The network: the only code that opens sockets. Polite, bounded, recorded, and replayed from what was recorded.

| module | does |
|---|---|
| `exchange` | one request and its answer, as they went over the wire |
| `live` | asks a publisher: https, allow-list, pauses, retries, limits of bytes and time |
| `tape` | a WARC file of exchanges: what is on it answers first, then what is asked live is added to it |
| `visit` | drives the steps of a source over a tape: redirects, robots.txt, types, totals |
| `state` | what a home remembers of its visits to a source |
"""
