// Talking to the server: JSON in, JSON out, refusals as errors with the sentence that the server said.
import { renewed, tooLate } from "../behaviour/token.js";

export class Refused extends Error {
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

export function server(place) {
  const base = place.dataset.base;
  let { token } = place.dataset;

  // A request that never arrived says so in the reader's language, not in the browser's; one that was led to the
  // sign-in page came too late.
  async function ask(path, method, body) {
    const send = () => fetch(base + path, {
      method,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: body && JSON.stringify(body),
      redirect: "manual",
    });
    try {
      const first = await send();
      if (!tooLate(first)) return first;
      token = await renewed() ?? token;
      return await send();
    } catch {
      throw new Error(place.dataset.failed);
    }
  }

  async function answer(response) {
    if (tooLate(response)) throw new Refused(document.body.dataset.ended, 401, {});
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(body.message ?? place.dataset.failed, response.status, body);
    return body;
  }
  return {
    get: async (path) => answer(await ask(path, "GET")),
    post: async (path, body) => answer(await ask(path, "POST", body)),
    // What was typed last is kept even while the page is being left.
    farewell(path, body) {
      fetch(base + path, {
        method: "POST", keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body),
      }).catch(() => {});
    },
  };
}
