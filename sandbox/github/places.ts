/** What GitHub's own answers call its API and its site, wherever the simulator listens: nobody follows these links. */
export const apiUrl = "https://api.github.com";
export const siteUrl = "https://github.com";
