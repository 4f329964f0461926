/** What is looked at of an error of Node's network stack, of its fetch or of axios. */
export interface NetworkError {
  code?: string | undefined;
  /** The error that axios or fetch wrapped. */
  cause?: unknown;
}

/** Codes of Node's `connect` and `getaddrinfo`, of fetch's own limit on it, and of a TLS handshake. */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|EPROTO|.*SELF_SIGNED.*|UNABLE_TO_.*)$/;

/** Whether a byte of the call may have been sent. */
export const wasSent = ({ code = "", cause }: NetworkError): boolean => {
  const connecting =
    typeof cause === "object" && cause !== null && "syscall" in cause && cause.syscall === "connect";
  return !connecting && !beforeSending.test(code);
};

const overdue = ["ECONNABORTED", "ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT"];

/** What happened, without anything of the call but its host. */
export const reasonOf = ({ code }: NetworkError, host: string): string =>
  code !== undefined && overdue.includes(code)
    ? `no answer from ${host} in time`
    : `${code ?? "connection lost"} at ${host}`;
