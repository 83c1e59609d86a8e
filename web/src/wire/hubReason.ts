/** A hub refusal reads "… HubException: 403 the reason": the page shows the reason. */
export function hubReason(message: string): string {
  return /HubException: (?:\d{3} )?(.*)/s.exec(message)?.[1] ?? message;
}
