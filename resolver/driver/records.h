// Records of the DNS, asked for all at once.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "mailconf/records.h"
#include "network/network.h"

namespace mailconf {

// An answer for each question, in their order; what the stop token cuts off is unknown.
std::vector<RecordAnswer> look_up_records(Network& network, std::uint32_t owner,
                                          const std::vector<RecordQuestion>& questions, Duration patience,
                                          const std::stop_token& stop);

}  // namespace mailconf
