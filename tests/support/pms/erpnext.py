"""A webhook of ERPNext 15 and 16, as Frappe's own `enqueue_webhook` sends it: the request body is a Jinja template
over the document, is read as JSON and written anew, and the request has no other header than those that were entered.

Reads {"url", "headers", "template", "doc"} and prints the answer's status and text."""
import http.client
import json
import sys
from urllib.parse import urlsplit

from jinja2.sandbox import SandboxedEnvironment


class Document(dict):
    __getattr__ = dict.get  # a field that the document has not is None, as in Frappe


given = json.load(sys.stdin)
rendered = SandboxedEnvironment().from_string(given["template"]).render(doc=Document(given["doc"]))
body = json.dumps(json.loads(rendered), default=str)
address = urlsplit(given["url"])
connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
connection.request("POST", address.path, body.encode(), given["headers"])
answer = connection.getresponse()
print(json.dumps({"status": answer.status, "text": answer.read().decode()}))
