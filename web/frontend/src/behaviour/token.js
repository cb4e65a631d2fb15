// A page that outlived its session: once the same person has signed in again elsewhere, its forms get a token that holds.

export async function renewed() {
  const { account } = document.body.dataset;
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok || !account) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("input[name=csrf_token]")?.value;
  if (!token || page.body.dataset.account !== account) return null;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  return token;
}

// Led to the sign-in page, or refused for a token of a session that is gone.
export const tooLate = (answer) => answer.type === "opaqueredirect" || answer.status === 400;
