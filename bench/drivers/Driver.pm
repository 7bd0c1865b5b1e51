package Driver;
use strict;
use warnings;
use JSON::PP ();
use Time::HiRes ();

# What a driver does: node.mjs. $read takes a message, $named its result.
sub run {
    my ( $read, $named ) = @_;
    my ( $list, $warm, $seconds ) = @ARGV;
    my @messages = map { chomp; slurp($_) } lines($list);
    my ( $failures, $count ) = ( 0, 0 );

    my $read_all = sub {
        my ($look) = @_;
        for my $message (@messages) {
            my $copy = $message;
            my $result;
            if ( eval { $result = $read->($copy); 1 } ) { $look->($result) }
            else                                       { $failures++ }
        }
    };
    my $read_for = sub {
        my ($limit) = @_;
        my $start = Time::HiRes::clock();
        my ( $passes, $elapsed ) = ( 0, 0 );
        while ( $elapsed < $limit ) {
            $read_all->( sub { } );
            $passes++;
            $elapsed = Time::HiRes::clock() - $start;
        }
        return ( messages => $passes * @messages, seconds => $elapsed );
    };

    $read_all->( sub { $count++ if $named->( $_[0] ) } );
    my %first = ( failures => $failures, named => $count );
    $read_for->($warm);
    my %measured = $read_for->($seconds);
    my ($peak) = slurp('/proc/self/status') =~ /^VmHWM:\s+(\d+) kB/m;
    print JSON::PP::encode_json( { %measured, rssBytes => $peak * 1024, %first } ), "\n";
}

sub lines { return split /^/, slurp( $_[0] ) }

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    return scalar <$file>;
}

1;
