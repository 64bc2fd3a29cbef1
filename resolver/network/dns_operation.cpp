#include <fmt/core.h>
#include <optional>
#include <vector>

#include "network/operation.h"

namespace mailconf {
namespace {

using Reply = tl::expected<DnsAnswer, Failure>;

std::vector<NameType> types_of(RecordType type) {
  switch (type) {
    case RecordType::addresses:
      return {NameType::aaaa, NameType::a};
    case RecordType::mx:
      return {NameType::mx};
    case RecordType::srv:
      return {NameType::srv};
    case RecordType::txt:
      return {NameType::txt};
    case RecordType::ns:
      return {NameType::ns};
    case RecordType::cname:
      return {NameType::cname};
    case RecordType::tlsa:
      return {NameType::tlsa};
  }
  return {};
}

// A and AAAA as one answer. Addresses of one family are an answer even when the other family could not be asked, and
// NXDOMAIN holds for the name as such; a missing family beside a failed one proves nothing.
Reply united(const Reply& a, const Reply& b) {
  if (!a && !b) return a;
  if (!a || !b) {
    const Reply& good = a ? a : b;
    const Reply& bad = a ? b : a;
    return good->addresses.empty() && good->exists ? bad : good;
  }
  DnsAnswer both = *a;
  both.exists = a->exists && b->exists;
  both.authentic = a->authentic && b->authentic;
  both.addresses.insert(both.addresses.end(), b->addresses.begin(), b->addresses.end());
  return both;
}

class DnsOperation : public Operation {
 public:
  DnsOperation(const Facilities& facilities, DnsQuestion question, Done done)
      : facilities_(facilities), question_(std::move(question)), done_(std::move(done)) {}

  void begin() override {
    const auto types = types_of(question_.type);
    outstanding_ = types.size();
    for (const auto type : types)
      look_ups_.push_back(
          facilities_.names.look_up(type, question_.name, [this](const Reply& reply) { on_reply(reply); }));
  }

  [[nodiscard]] Answer at_deadline() const override {
    if (so_far_ && *so_far_ && !(*so_far_)->addresses.empty()) return **so_far_;
    return Failure{FailureKind::dns_timeout, fmt::format("no answer of the name servers about {}", question_.name)};
  }

 private:
  void on_reply(const Reply& reply) {
    so_far_ = so_far_ ? united(*so_far_, reply) : reply;
    if (--outstanding_ > 0) return;
    done_(*so_far_ ? Answer(**so_far_) : Answer(so_far_->error()));
  }

  const Facilities& facilities_;
  DnsQuestion question_;
  Done done_;
  std::vector<std::unique_ptr<Subscription>> look_ups_;
  std::size_t outstanding_ = 0;
  std::optional<Reply> so_far_;
};

}  // namespace

std::unique_ptr<Operation> make_dns_operation(const Facilities& facilities, DnsQuestion question,
                                              Operation::Done done) {
  return std::make_unique<DnsOperation>(facilities, std::move(question), std::move(done));
}

}  // namespace mailconf
