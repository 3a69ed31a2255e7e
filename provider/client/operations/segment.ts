import { MediasaurError } from "../errors";

/**
 * A name or id as a segment of an address. None, or dots alone, would be taken for another address, encoded or not.
 *
 * @param what - what it is, for the error: such as `a file id`
 */
export function segment(operation: string, what: string, text: string): string {
  if (/^\.{0,2}$/.test(text)) throw refused(operation, `${JSON.stringify(text)} is not ${what}.`);
  return encodeURIComponent(wellFormed(operation, text));
}

/**
 * Gives a text that goes into an address or a form, where it is one that can. Half a surrogate pair would be replaced in
 * silence, and the request be about something else.
 */
export function wellFormed(operation: string, text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw refused(operation, `${JSON.stringify(text)} is not well-formed Unicode.`);
}

function refused(operation: string, message: string): MediasaurError {
  return new MediasaurError({ code: "invalid_request", operation, message });
}
