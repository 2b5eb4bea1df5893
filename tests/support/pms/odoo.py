"""What an Odoo module meets of Odoo 17 to 19 when a record is created: `create` of a model that inherits, and the
cursor's callbacks after the commit. The module's text is run as it is.

Reads {"module", "orders"} and prints what was logged by the module."""
import http.client
import json
import logging
import sys
import types
from urllib.parse import urlsplit


class RequestException(Exception):
    pass


class Response:
    def __init__(self, status, text):
        self.status_code, self.text = status, text

    def raise_for_status(self):
        if self.status_code >= 400:
            raise RequestException(f"{self.status_code}: {self.text}")


def post(url, json=None, timeout=None, verify=True):
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)
    try:
        connection.request("POST", address.path, dumps(json).encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return Response(answer.status, answer.read().decode())
    except OSError as problem:
        raise RequestException(str(problem)) from problem


dumps = json.dumps
callbacks = []


def record(members):
    return types.SimpleNamespace(
        **{name: record(value) if isinstance(value, dict) else value for name, value in members.items()}
    )


class Model:
    env = record({"cr": {"postcommit": {"add": callbacks.append}}})

    def create(self, vals_list):
        return [record(vals) for vals in vals_list]


requests = types.ModuleType("requests")
requests.post, requests.RequestException = post, RequestException
odoo = types.ModuleType("odoo")
odoo.api = record({"model_create_multi": lambda method: method})
odoo.models = record({"Model": Model})
sys.modules.update(requests=requests, odoo=odoo)

given = json.load(sys.stdin)
logging.basicConfig(stream=sys.stdout, format="%(message)s")
module = {"__name__": "roost_relay"}
exec(compile(given["module"], "sale_order.py", "exec"), module)
module["SaleOrder"]().create(given["orders"])
for callback in callbacks:
    callback()
