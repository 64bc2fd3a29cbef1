// Values by key, no more than so many: when one is too many, the one goes that nobody has asked for the longest.
#pragma once

#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index_container.hpp>
#include <cstddef>
#include <utility>

namespace mailconf::server {

template <class Key, class Value>
class RecentlyUsed {
 public:
  explicit RecentlyUsed(std::size_t capacity) : capacity_(capacity) {}

  // Null when it is not there; valid until the next change.
  const Value* get(const Key& key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    to_front(found);
    return &found->value;
  }

  void put(const Key& key, Value value) {
    const auto [place, is_new] = entries_.insert({key, value});
    if (!is_new) entries_.replace(place, {key, std::move(value)});
    to_front(place);
    if (entries_.size() > capacity_) by_use().pop_back();
  }

  void remove(const Key& key) { entries_.erase(key); }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Key key;
    Value value;
  };
  using ByKey = boost::multi_index::hashed_unique<boost::multi_index::member<Entry, Key, &Entry::key>>;
  using ByUse = boost::multi_index::sequenced<>;
  using Entries = boost::multi_index_container<Entry, boost::multi_index::indexed_by<ByKey, ByUse>>;

  auto& by_use() { return entries_.template get<1>(); }
  void to_front(typename Entries::iterator place) {
    by_use().relocate(by_use().begin(), entries_.template project<1>(place));
  }

  const std::size_t capacity_;
  Entries entries_;
};

}  // namespace mailconf::server
