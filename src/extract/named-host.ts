import { isDomain } from './addresses.ts';

/** A text that is the name of a server, with or without its address: `mx.example.com`, `mx.example.com (192.0.2.1)`. */
export function hostIn(text: string): string | null {
  return hostBeforeAddress(text, '(') ?? hostBeforeAddress(text, '[') ?? bareName(text);
}

function bareName(text: string): string | null {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  return name.includes('.') && /^[A-Za-z0-9_.-]{3,253}$/.test(name) && isDomain(name) ? name : null;
}

const IP = /^[0-9A-Fa-f.:]{3,45}$/;

/** The name in front of an IP address in brackets: `… by mx.example.com. [192.0.2.1].`, `… at mx.example.com (192.0.2.1)`. */
export function hostBeforeAddress(text: string, bracket: '(' | '['): string | null {
  const open = text.indexOf(bracket);
  const close = text.indexOf(bracket === '(' ? ')' : ']', open);
  if (open < 3 || close === -1 || !IP.test(text.slice(open + 1, close))) return null;
  const before = text.slice(0, open).trimEnd();
  return bareName(before.slice(before.lastIndexOf(' ') + 1));
}

/** `Generating server: host` in any language: a label, a colon, the name of a server and nothing else. */
export function labelledHost(text: string): { label: string; host: string; remote: boolean } | null {
  const colon = /[:：]/.exec(text)?.index ?? -1;
  if (colon < 2 || colon > 80) return null;
  const value = text.slice(colon + 1).trim();
  if (value.length > 300 || / [^([]/.test(value)) return null;
  const host = hostIn(value);
  return host === null ? null : { label: text.slice(0, colon), host, remote: value !== host };
}
