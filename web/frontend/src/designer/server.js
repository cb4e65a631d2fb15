// Talking to the server: JSON in, JSON out, refusals as errors with the sentence that the server said.

export class Refused extends Error {
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

export function server(place) {
  const base = place.dataset.base;
  const token = place.dataset.token;

  async function answer(response) {
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(body.message ?? place.dataset.failed, response.status, body);
    return body;
  }
  return {
    async get(path) {
      return answer(await fetch(base + path, { headers: { Accept: "application/json" } }));
    },
    async post(path, body) {
      return answer(await fetch(base + path, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body: JSON.stringify(body),
      }));
    },
    // What was typed last is kept even while the page is being left.
    farewell(path, body) {
      fetch(base + path, {
        method: "POST", keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body),
      }).catch(() => {});
    },
  };
}
