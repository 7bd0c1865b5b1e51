// A worker that dies when it is told to.
export default async function work(words) {
  return words.map((word) => {
    if (word === 'exit') process.exit(7);
    if (word === 'throw') throw new Error('no such word');
    if (word === 'forever') for (;;);
    return word.toUpperCase();
  });
}
