// Looking up where a domain's mail goes.
#pragma once

#include <cstdint>
#include <stop_token>

#include "mailconf/resolver.h"
#include "network/network.h"

namespace mailconf {

// One question, for at most `patience`; when the stop token cuts it off, the outcome is unknown.
MailHosts look_up_mail_hosts(Network& network, std::uint32_t owner, const DomainName& domain, Duration patience,
                             const std::stop_token& stop);

}  // namespace mailconf
