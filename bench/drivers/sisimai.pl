# Sisimai for Perl, 4 or 5. What a driver does: node.mjs.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Driver;
use Sisimai;

local $SIG{__WARN__} = sub { };
my $method = Sisimai->can('rise') ? 'rise' : 'make';
Driver::run(
    sub { Sisimai->$method( \$_[0] ) },
    sub { grep { $_->action eq 'failed' && $_->recipient->address ne '' } @{ $_[0] // [] } },
);
