"""Link checker: a polite crawler that requests the pages linked by programmes, never inside a private network.

`url_policy` is the SSRF guard, `http_client` sends one request, `host_rate_limit` is the rate limit per host,
`robots_txt` reads robots.txt. `checker` turns redirects and retries into one result, `worker_pool` runs many checks in
parallel, `storage` selects the due addresses and stores results, `proposals` drafts changes for moved pages, and
`run_lock` prevents two runs at a time.
"""
