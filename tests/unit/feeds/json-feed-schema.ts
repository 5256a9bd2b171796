const url = { type: 'string', pattern: '^https?://[^/]' };
const date = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
};
const author = {
  type: 'object',
  // "If you provide an author object, then at least one is required."
  anyOf: [{ required: ['name'] }, { required: ['url'] }, { required: ['avatar'] }],
  properties: { name: { type: 'string', minLength: 1 }, url, avatar: url },
  additionalProperties: false,
};
const authors = { type: 'array', minItems: 1, items: author };
const language = { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$' };

/** JSON Schema of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), without the extensions that it allows. */
export const jsonFeedSchema = {
  type: 'object',
  required: ['version', 'title', 'items'],
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: { type: 'string', minLength: 1 },
    home_page_url: url,
    feed_url: url,
    description: { type: 'string' },
    user_comment: { type: 'string' },
    next_url: url,
    icon: url,
    favicon: url,
    authors,
    language,
    expired: { type: 'boolean' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        anyOf: [{ required: ['content_html'] }, { required: ['content_text'] }],
        properties: {
          id: { type: 'string', minLength: 1 },
          url,
          external_url: url,
          title: { type: 'string' },
          content_html: { type: 'string', minLength: 1 },
          content_text: { type: 'string', minLength: 1 },
          summary: { type: 'string' },
          image: url,
          banner_image: url,
          date_published: date,
          date_modified: date,
          authors,
          tags: { type: 'array', items: { type: 'string', minLength: 1 } },
          language,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
