# Mail::DeliveryStatus::BounceParser. What a driver does: node.mjs.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Driver;
use Mail::DeliveryStatus::BounceParser;

local $SIG{__WARN__} = sub { };
Driver::run(
    sub { Mail::DeliveryStatus::BounceParser->new( $_[0] ) },
    sub { $_[0]->is_bounce && $_[0]->addresses },
);
