/**
 * What is sent to chat services unless a person writes a template of their own, which they may begin from one of these. `message` is the event
 * in words (`engine/shaping/message.ts`). What a stranger wrote stays a text: each service's own signs are escaped, or
 * stand where the service reads none.
 */

/** An attachment whose colour tells the tone. https://api.slack.com/reference/surfaces/formatting */
const slack = `{
  "attachments": [
    {
      "fallback": "{{ message.line | truncate: 1000 | escape_slack }}",
      "color": "#{{ message.color }}",
      "title": "{{ message.title | escape_slack }}",
      "text": "{{ message.details | truncate: 2000 | escape_slack }}",
      "footer": "{{ message.footer | escape_slack }}",
      "mrkdwn_in": []
    }
  ],
  "unfurl_links": false,
  "unfurl_media": false
}`;

/** https://discord.com/developers/docs/resources/webhook#execute-webhook */
const discord = `{
  "embeds": [
    {
      "title": "{{ message.title | escape_markdown }}",
      "description": "{{ message.details | truncate: 900 | escape_markdown }}",
      "color": {{ message.color_number }},
      "footer": { "text": "{{ message.footer }}" }
    }
  ],
  "allowed_mentions": { "parse": [] }
}`;

/** What a workflow "post when a webhook request is received" takes. A text run is no Markdown. https://adaptivecards.io/explorer/TextRun.html */
const teams = `{
  "type": "message",
  "attachments": [
    {
      "contentType": "application/vnd.microsoft.card.adaptive",
      "contentUrl": null,
      "content": {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
          {
            "type": "RichTextBlock",
            "inlines": [
              {
                "type": "TextRun",
                "text": "{{ message.title }}",
                "weight": "Bolder",
                "size": "Medium",
                "color": "{% case message.tone %}{% when 'fine' %}Good{% when 'wait' %}Warning{% when 'bad' %}Attention{% when 'away' %}Accent{% else %}Default{% endcase %}"
              }
            ]
          },
          {%- if message.details != '' %}
          { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "{{ message.details | truncate: 3000 }}" }] },
          {%- endif %}
          { "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": "{{ message.footer }}", "isSubtle": true }] }
        ]
      }
    }
  ]
}`;

/**
 * A card, whose paragraph reads a few HTML tags; a notification on a phone has its fallback text alone, in which
 * `<users/all>` must call nobody. https://developers.google.com/workspace/chat/format-messages
 */
const googleChat = `{
  "fallbackText": "{{ message.line | truncate: 1000 | replace: '<', '‹' }}",
  "cardsV2": [
    {
      "cardId": "event",
      "card": {
        "header": { "title": "{{ message.title }}", "subtitle": "{{ message.footer }}" },
        "sections": [
          {
            "widgets": [
              {
                "textParagraph": {
                  "text": "<font color=\\"#{{ message.color }}\\">●</font> {{ message.details | default: message.title | truncate: 3000 | escape }}"
                }
              }
            ]
          }
        ]
      }
    }
  ]
}`;

/** https://core.telegram.org/bots/api#html-style */
const telegram = `{
  {%- if config.chatId %}
  "chat_id": {{ config.chatId | json }},
  {%- endif %}
  "text": "<b>{{ message.title | escape }}</b>\\n{{ message.details | truncate: 3000 | without_mentions | escape }}\\n<i>{{ message.footer | without_mentions | escape }}</i>",
  "parse_mode": "HTML",
  "link_preview_options": { "is_disabled": true }
}`;

export const chatPresets = { slack, discord, teams, google_chat: googleChat, telegram } as const;
export type ChatName = keyof typeof chatPresets;
