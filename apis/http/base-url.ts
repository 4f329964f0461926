const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a URL's host is this machine. */
export const isLoopback = (url: string): boolean => loopback.test(new URL(url).hostname);

/** What is wrong with a base URL to which credentials are to be sent, or undefined. Never repeats the URL. */
export const checkBaseUrl = (url: string): string | undefined => {
  if (!URL.canParse(url)) return "is not a URL, such as https://api.example.com";
  const { protocol, username, password, search, hash } = new URL(url);
  if (`${username}${password}${search}${hash}` !== "")
    return "must be a URL without user, query and fragment";
  if (protocol === "https:" || (protocol === "http:" && isLoopback(url))) return undefined;
  return "must begin with https://; http:// is for this machine alone";
};
