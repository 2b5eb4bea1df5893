/** What a helper pastes into a PMS or a terminal, with this PC's address and, while it is known, the token. */
import { catalogue } from '../../../shared/events.ts';

export interface SnippetFacts {
  /** `http://127.0.0.1:4780/v1/events`. */
  readonly url: string;
  /** The token, or what stands in its place. */
  readonly token: string;
  /** The secret address, or what stands in its place. */
  readonly secretUrl: string;
  /** The file of the certificate that the sender has to trust; absent where it needs none. */
  readonly caFile?: string;
}

/** The name under which the other machine keeps the listener's certificate. */
export const caFile = 'roost-relay.pem';

/** The same for a PMS on another machine: the address of the listener there, and its certificate. */
export function fromElsewhere(facts: SnippetFacts, lan: { address: string; certificate: string | null }): SnippetFacts {
  const moved = (url: string) => url.replace(/^https?:\/\/[^/]+/, lan.address);
  return {
    ...facts,
    url: moved(facts.url),
    secretUrl: moved(facts.secretUrl),
    ...(lan.certificate !== null && { caFile }),
  };
}

/** Stands where the token goes once that is not known any more. */
export const tokenPlaceholder = 'YOUR-TOKEN';
export const secretPlaceholder = 'YOUR-SECRET';

const sample = JSON.stringify({ event: 'booking.created', data: catalogue['booking.created'].sample });

/** For a terminal of macOS or Linux. */
export function curlSnippet({ url, token, caFile: ca }: SnippetFacts): string {
  return [
    `curl ${url} \\`,
    ...(ca === undefined ? [] : [`  --cacert ${ca} \\`]),
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${sample}'`,
  ].join('\n');
}

/** For Windows, whose two shells quote differently: PowerShell needs no quoting inside single quotes. */
export function powershellSnippet({ url, token }: SnippetFacts): string {
  return [
    `Invoke-RestMethod -Method Post -Uri '${url}' \``,
    `  -Headers @{ Authorization = 'Bearer ${token}' } \``,
    `  -ContentType 'application/json; charset=utf-8' \``,
    `  -Body '${sample}'`,
  ].join('\n');
}

/** The value of an `Authorization` header. */
export const bearer = ({ token }: Pick<SnippetFacts, 'token'>): string => `Bearer ${token}`;

/** Rows of ERPNext's Webhook Headers. Frappe sends no `Content-Type` of its own accord (its `webhook.py`). */
export const erpnextHeaders = (facts: Pick<SnippetFacts, 'token'>): readonly (readonly [string, string])[] => [
  ['Authorization', bearer(facts)],
  ['Content-Type', 'application/json'],
];

/** ERPNext's JSON Request Body: Jinja over the document (docs.frappe.io, "Webhooks"); `tojson` quotes and escapes. */
export const erpnextData = `{
  "event": "booking.created",
  "id": {{ (doc.name ~ "-created") | tojson }},
  "data": {
    "booking_id": {{ doc.name | tojson }},
    "guest_name": {{ doc.customer_name | tojson }},
    "check_in": {{ (doc.delivery_date or "") | string | tojson }},
    "total": {{ doc.grand_total | tojson }},
    "currency": {{ doc.currency | tojson }}
  }
}`;

/** A model for an Odoo module: sent after the commit, through the secret address, which needs no header. */
export function odooSnippet({ secretUrl, caFile: ca }: SnippetFacts): string {
  const verify = ca === undefined ? '' : `, verify="/etc/${ca}"`;
  return `import logging

import requests
from odoo import api, models

ROOST_RELAY = "${secretUrl}"
_logger = logging.getLogger(__name__)


def announce(events):
    try:
        requests.post(ROOST_RELAY, json=events, timeout=5${verify}).raise_for_status()
    except requests.RequestException:
        # The booking is saved by now: it must not fail because of this.
        _logger.exception("Roost Relay did not take %s", [event["id"] for event in events])


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        events = [
            {
                "event": "booking.created",
                "id": f"{order.name}-created",
                "data": {
                    "booking_id": order.name,
                    "guest_name": order.partner_id.name,
                    "total": order.amount_total,
                    "currency": order.currency_id.name,
                },
            }
            for order in orders
        ]
        self.env.cr.postcommit.add(lambda: announce(events))
        return orders`;
}
