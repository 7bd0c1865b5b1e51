declare module 'libmime' {
  const libmime: {
    /** RFC 2047 encoded-words of a header value, decoded. */
    decodeWords(value: string): string;
  };
  export default libmime;
}
