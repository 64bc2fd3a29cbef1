// Which redirects may be followed (RFC 9110 §15.4), judged hop by hop before anything is asked.
#pragma once

#include <vector>

#include "protocol/question.h"

namespace mailconf {

bool is_redirect(const HttpAnswer& answer);

// Where `answer` to `asked` leads, after `hops` earlier redirects: the next URL, or a Failure for http, loops, too many
// hops, locations that are no URL, and for other hosts when the address was sent. Nothing of the query is carried over
// by us: the Location speaks for itself.
std::variant<Url, Failure> follow(const HttpQuestion& asked, const std::vector<Url>& hops, const HttpAnswer& answer);

}  // namespace mailconf
