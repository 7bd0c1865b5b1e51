/** Who is measured. Each runs in a process of its own, from the folder `bench/drivers`. */
export interface Contender {
  readonly name: string;
  /** Looked for on the path, then in /usr/bin, where Debian's packages are. */
  readonly program: string;
  /** Prints the version; fails where the contender is not installed. */
  readonly version: readonly string[];
  /** A list of files and the seconds to warm up and to measure follow. */
  readonly driver?: readonly string[];
  /** Reads one message and ends; where it is missing the driver does that. The file follows. */
  readonly startUp?: readonly string[];
}

const npm = (name: string): readonly string[] => ['-p', `require('${name}/package.json').version`];
const OWN = ['-p', `require('../../package.json').version`];

/** The yardstick of the factor. */
export const YARDSTICK = 'simpleParser, conversions off';

export const CONTENDERS = [
  { name: 'bouncekit parse()', program: 'node', version: OWN, driver: ['node.mjs', 'parse'] },
  { name: 'parse(), report as JSON', program: 'node', version: OWN, driver: ['node.mjs', 'json'] },
  {
    name: 'createParser(), another policy',
    program: 'node',
    version: OWN,
    driver: ['node.mjs', 'createParser'],
  },
  {
    name: 'bouncekit parse, command line',
    program: 'node',
    version: OWN,
    startUp: ['../../dist/cli.js', 'parse'],
  },
  { name: YARDSTICK, program: 'node', version: npm('mailparser'), driver: ['node.mjs', 'simpleParserPlain'] },
  {
    name: 'simpleParser, its defaults',
    program: 'node',
    version: npm('mailparser'),
    driver: ['node.mjs', 'simpleParser'],
  },
  {
    name: "mailsplit, mailparser's splitter",
    program: 'node',
    version: npm('@zone-eu/mailsplit'),
    driver: ['node.mjs', 'mailsplit'],
  },
  {
    name: 'email-bounce-parser on simpleParser',
    program: 'node',
    version: npm('email-bounce-parser'),
    driver: ['node.mjs', 'emailBounceParser'],
  },
  {
    name: 'Sisimai, Go',
    program: 'sh',
    version: [
      '-c',
      'cd sisimai-go && go build -o driver . && go list -m -f "{{.Version}}" libsisimai.org/sisimai',
    ],
    driver: ['-c', 'GOMAXPROCS=1 exec sisimai-go/driver "$@"', 'driver'],
  },
  {
    name: 'Sisimai, Perl',
    program: 'perl',
    version: ['-MSisimai', '-e', 'print Sisimai->version'],
    driver: ['sisimai.pl'],
  },
  {
    name: 'Sisimai, Ruby',
    program: 'ruby',
    version: ['-rsisimai', '-e', 'print Sisimai.version'],
    driver: ['sisimai.rb'],
  },
  {
    name: 'flufl.bounce, Python',
    program: 'python3',
    version: ['-c', 'import flufl.bounce; print(flufl.bounce.__version__)'],
    driver: ['flufl_bounce.py'],
  },
  {
    name: 'BounceParser, Perl',
    program: 'perl',
    version: [
      '-MMail::DeliveryStatus::BounceParser',
      '-e',
      'print Mail::DeliveryStatus::BounceParser->VERSION',
    ],
    driver: ['bounce-parser.pl'],
  },
] as const satisfies readonly Contender[];
