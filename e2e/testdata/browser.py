"""A browser that shows one page: follows where an address leads, waiting for a
program on this machine to listen, and writes what it saw last to a file.
Usage: browser.py OUT CA ADDRESS"""
import ssl
import sys
import time
import urllib.error
import urllib.request

out, ca, address = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
for attempt in range(200):
    try:
        with urllib.request.urlopen(address, context=context) as answer:
            page = answer.url + "\n" + answer.read().decode()
            break
    except (urllib.error.URLError, ConnectionError) as error:
        page = str(error)
        if isinstance(error, urllib.error.HTTPError):
            break
        time.sleep(0.1)
with open(out, "w") as file:
    file.write(page)
