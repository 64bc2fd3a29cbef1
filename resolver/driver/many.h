// Many resolutions at once on one network: as many as may be under way, the next one begun when one is done.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <variant>

#include "driver/shared_network.h"
#include "engine/resolution.h"
#include "mailconf/resolver.h"
#include "network/network.h"

namespace mailconf {

// A resolution that can begin. What it is about stays where it is while that is moved.
struct Prepared {
  std::unique_ptr<Subject> subject;
  std::unique_ptr<Resolution> resolution;
};
// Or what is known without one.
using Preparation = std::function<std::variant<Prepared, Report>(const AddressOrDomain&)>;

// What the options mean for the manners of the whole.
SharedNetwork::Manners manners_of(const Batch& batch, const ResolverOptions& options);

// `next_owner` numbers the resolutions and is left behind the last one. Nothing is outstanding at the end.
void run_many(TurnNetwork& network, std::uint32_t& next_owner, const Batch& batch, const Preparation& prepare,
              const std::stop_token& stop);

}  // namespace mailconf
